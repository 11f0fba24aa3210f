import '../ui/grid.css';
import './record-page.css';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { Icon } from '../ui/icons.tsx';
import { Block } from '../ui/skeleton.tsx';

interface SectionProps {
  /** Where a link into the page leads. */
  id: string;
  title: string;
  /** Beside the title: what a figure counts, which weeks. */
  note?: ReactNode;
  /** What is to be done here, such as the link that opens the form at this place. */
  action?: ReactNode;
  children: ReactNode;
}

/** A part of the page of a person or a project. */
export function Section({ id, title, note, action, children }: SectionProps) {
  return (
    <section className="rp-s" aria-labelledby={`${id}-h`} id={id}>
      <div className="sec">
        <h2 id={`${id}-h`}>{title}</h2>
        {note && <span className="muted">{note}</span>}
        <span className="grow" />
        {action}
      </div>
      {children}
    </section>
  );
}

/** Opens the form of the record at one of its parts; no entry of the history a part is looked at in. */
export const EditLink = ({ to, at, what }: { to: string; at: string; what: string }) => (
  <Link className="link rp-e" to={`${to}?at=${at}`} preventScrollReset aria-label={`Edit ${what}`}>
    Edit
  </Link>
);

/** Opens the form of the record over its page. */
export const EditButton = ({ to }: { to: string }) => (
  <Link className="btn" to={to} preventScrollReset>
    <Icon name="edit" />
    Edit
  </Link>
);

/** Names and values, one a line. */
export function Facts({ items }: { items: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {items.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The shape of such a page while it loads. */
export function RecordPageSkeleton({ label }: { label: string }) {
  return (
    <div className="sk-late" role="status" aria-label={label}>
      <div className="rp-h">
        <Block w={280} h={28} />
      </div>
      <div className="two">
        <div className="rp-c">
          {[96, 160, 120].map((height) => (
            <div key={height} className="rp-s">
              <Block w={140} h={16} />
              <Block h={height} />
            </div>
          ))}
        </div>
        <div className="rp-c">
          {[88, 64, 72].map((height) => (
            <div key={height} className="rp-s">
              <Block w={100} h={16} />
              <Block h={height} />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
