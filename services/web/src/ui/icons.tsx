import type { ReactNode } from 'react';

const shapes = {
  home: <path d="M2.5 7.5 8 3l5.5 4.5V13a.5.5 0 0 1-.5.5H9.8V10H6.2v3.5H3a.5.5 0 0 1-.5-.5z" />,
  book: <path d="M8 4.2C6.6 3.1 4.7 2.8 2.5 3v9.2c2.2-.2 4.1.1 5.5 1.3 1.4-1.2 3.3-1.5 5.5-1.3V3C11.3 2.8 9.4 3.1 8 4.2zM8 4.2v9.3" />,
  time: <path d="M2.5 4h6M5.5 8h7M3.5 12h6" />,
  people: (
    <>
      <circle cx="6" cy="5.5" r="2.3" />
      <path d="M1.8 13c.3-2.4 2-3.7 4.2-3.7s3.9 1.3 4.2 3.7M10.5 3.4a2.2 2.2 0 0 1 0 4.2M11.8 9.6c1.4.5 2.2 1.7 2.4 3.4" />
    </>
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="4.3" />
      <path d="m10.3 10.3 3.2 3.2" />
    </>
  ),
  undo: <path d="M5.5 3 2.8 5.7l2.7 2.7M3 5.7h6.3a3.7 3.7 0 0 1 0 7.4H6" />,
  redo: <path d="m10.5 3 2.7 2.7-2.7 2.7M13 5.7H6.7a3.7 3.7 0 0 0 0 7.4H10" />,
  filter: <path d="M2.5 4h11M4.5 8h7M6.5 12h3" />,
  down: <path d="m4.5 6.5 3.5 3.5 3.5-3.5" />,
  right: <path d="m6.5 4.5 3.5 3.5-3.5 3.5" />,
  x: <path d="m4 4 8 8M12 4l-8 8" />,
  edit: <path d="m3 13 .6-2.8 7.2-7.2 2.2 2.2-7.2 7.2z" />,
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M10.5 3.5v-.5a.5.5 0 0 0-.5-.5H3a.5.5 0 0 0-.5.5v7a.5.5 0 0 0 .5.5h.5" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 5v3.2l2 1.3" />
    </>
  ),
  warn: <path d="M8 2.8 14 13H2zM8 6.5v3M8 11.2v.1" />,
  check: <path d="m3.5 8.5 3 3 6-7" />,
  page: <path d="M4 2.5h5l3 3v8H4zM9 2.5v3h3" />,
  folder: <path d="M2.5 4h4l1.3 1.5h5.7v7h-11z" />,
  cal: (
    <>
      <rect x="2.5" y="3.5" width="11" height="10" rx="1" />
      <path d="M2.5 6.5h11M5.5 2v2.5M10.5 2v2.5" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 7.5V11M8 5.2v.1" />
    </>
  ),
  menu: <path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11" />,
  file: <path d="M4 2.5h5l3 3v8H4zM6 8h4M6 10.5h4" />,
  users: (
    <>
      <circle cx="8" cy="5.5" r="2.5" />
      <path d="M3.3 13.5c.4-2.7 2.2-4 4.7-4s4.3 1.3 4.7 4" />
    </>
  ),
  link: (
    <path d="M6.8 9.2a2.5 2.5 0 0 0 3.5 0l2-2a2.5 2.5 0 0 0-3.5-3.5l-.8.8M9.2 6.8a2.5 2.5 0 0 0-3.5 0l-2 2a2.5 2.5 0 0 0 3.5 3.5l.8-.8" />
  ),
  plus: <path d="M8 3.5v9M3.5 8h9" />,
  merge: <path d="M4 2.5v3c0 2 4 2.5 4 4.5v3.5M12 2.5v3c0 2-4 2.5-4 4.5M5.8 11.5 8 13.5l2.2-2" />,
  move: <path d="M2.5 8h10M9 4.5 12.5 8 9 11.5" />,
  box: <path d="M2.5 3.5h11v3h-11zM3.5 6.5v6.5h9V6.5M6.5 9h3" />,
  replay: <path d="M13 8a5 5 0 1 1-1.6-3.7M13 2.5v2.7h-2.7" />,
  chat: <path d="M2.5 3.5h11v7.5H7l-3 2.5V11H2.5z" />,
  split: <path d="M8 2.5v11M2.5 3.5h11v9h-11z" />,
  more: <path d="M3.5 8v.1M8 8v.1M12.5 8v.1" />,
  layers: <path d="m8 2.5 5.5 3L8 8.5l-5.5-3zM2.5 8.5l5.5 3 5.5-3M2.5 11.2l5.5 2.8 5.5-2.8" />,
  external: <path d="M9 3h4v4M13 3 7.5 8.5M11.5 9.5V13H3V4.5h3.5" />,
  trash: <path d="M3 4.5h10M6.5 4V2.5h3V4M4.5 4.5l.6 9h5.8l.6-9" />,
  left: <path d="M9.5 4.5 6 8l3.5 3.5" />,
  upload: <path d="M8 10.5v-8M5 5.2l3-2.7 3 2.7M2.5 10.5v3h11v-3" />,
  eye: (
    <>
      <path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8z" />
      <circle cx="8" cy="8" r="2" />
    </>
  ),
  lock: <path d="M4 7h8v6H4zM5.8 7V5a2.2 2.2 0 0 1 4.4 0v2" />,
} satisfies Record<string, ReactNode>;
export type IconName = keyof typeof shapes;

/** A 16 px line icon, hidden from screen readers: the words beside it, or the label of its button, say what it means. */
export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  return (
    <svg className={`i ${className}`.trim()} viewBox="0 0 16 16" aria-hidden="true">
      {shapes[name]}
    </svg>
  );
}

export function Brand() {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true">
      <rect x="2" y="3" width="13" height="6" rx="1.5" fill="var(--lead)" />
      <rect x="5.75" y="11.75" width="11.5" height="4.5" rx="1" fill="var(--accent-soft)" stroke="var(--accent)" strokeWidth="1.5" />
    </svg>
  );
}

/** The hatch of sidekick bars: once a page, referred to as `url(#sk-hx)`. */
export function HatchDefs() {
  return (
    <svg width="0" height="0" className="sr" aria-hidden="true">
      <defs>
        <pattern id="sk-hx" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="2" height="6" fill="var(--hatch)" />
        </pattern>
      </defs>
    </svg>
  );
}
