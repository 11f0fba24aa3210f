import type { ReactNode } from 'react';
import { useAddress } from './address.ts';

interface Props {
  title: string;
  /** What a list is searched by: spoken, and shown in the empty field. */
  find: string;
  placeholder: string;
  /** How many are shown; blank until they are there. */
  shown: string;
  /** What is to be done from here. */
  children: ReactNode;
}

/** The head of a list: its name, a field that keeps what is looked for in the address, how many are shown. */
export function ListHead({ title, find, placeholder, shown, children }: Props) {
  const [params, patch] = useAddress();
  return (
    <div className="lsth">
      <h1>{title}</h1>
      <input
        type="search"
        aria-label={find}
        placeholder={placeholder}
        value={params.get('q') ?? ''}
        onChange={(event) => patch({ q: event.currentTarget.value || null }, { replace: true })}
      />
      <span className="muted" role="status">
        {shown}
      </span>
      <span className="grow" />
      {children}
    </div>
  );
}
