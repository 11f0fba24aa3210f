import type { Body } from '../../kinds/kind.ts';

/** Sets a member of a body by its path; undefined takes it away. */
export function setAt(body: Body, path: string, value: unknown): void {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    if (value === undefined) delete body[first];
    else body[first] = value;
    return;
  }
  const inner = body[first];
  const next: Body = typeof inner === 'object' && inner !== null ? { ...(inner as Body) } : {};
  setAt(next, rest.join('.'), value);
  body[first] = next;
}
