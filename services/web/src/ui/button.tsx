import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  /** One primary button a screen. */
  look?: 'plain' | 'primary' | 'quiet' | 'danger';
  large?: boolean;
  icon?: IconName;
  /** Work is under way: the button keeps its place and takes no second click. */
  busy?: boolean;
  /** Words; without them `aria-label` names the icon. */
  children?: ReactNode;
}

export function Button({ look = 'plain', large, icon, busy, children, className = '', disabled, ...rest }: Props) {
  const classes = ['btn', look !== 'plain' && look, large && 'l', children === undefined && 'icon', className].filter(Boolean).join(' ');
  return (
    <button type="button" {...rest} className={classes} disabled={disabled || busy} aria-busy={busy || undefined}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
