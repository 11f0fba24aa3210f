import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';

/** A place with nothing in it yet: what it is for, and the one action that fills it. */
export function Empty({ icon, title, children, action }: { icon: IconName; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <Icon name={icon} />
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action && <div className="acts">{action}</div>}
    </div>
  );
}
