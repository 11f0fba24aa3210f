import type { Role } from '@sidekick/contracts';
import type { Access, Route } from '@sidekick/service-kit';

/** Who asks: nobody who is signed in, or an account with one role alone. */
export type Asker = 'nobody' | Role;
export const askers: readonly Asker[] = ['nobody', 'engineer', 'manager', 'ops'];

export interface MatrixRow {
  part: string;
  operation: string;
  method: Route['method'];
  path: string;
  access: Access;
  allows: Record<Asker, boolean>;
}

/** Whether an asker passes; the reading of `access` that the matrix and its test share. */
function passes(access: Access, asker: Asker): boolean {
  if (access === 'public') return true;
  if (asker === 'nobody') return false;
  return access === 'signed-in' || access.includes(asker);
}

/** The table role × operation of every part, sorted by operation: what each asker may call. */
export function matrixOf(parts: Readonly<Record<string, { routes: readonly Route[] }>>): MatrixRow[] {
  const rows = Object.entries(parts).flatMap(([part, { routes }]) =>
    routes.map(({ operation, method, path, access }) => ({ part, operation, method, path, access, allows: allowsOf(access) })),
  );
  return rows.sort((a, b) => (a.operation < b.operation ? -1 : 1));
}

const allowsOf = (access: Access): Record<Asker, boolean> => ({
  nobody: passes(access, 'nobody'),
  engineer: passes(access, 'engineer'),
  manager: passes(access, 'manager'),
  ops: passes(access, 'ops'),
});

/** An address of the operation whose parameters name nothing that exists, for walking the table over HTTP. */
export const probePath = (path: string): string => path.replaceAll(/\{\w+\}/g, '0');
