import { ConflictDialog } from './conflict-dialog.tsx';
import type { Deeds } from './use-deeds.ts';

/** Asks for a reason where what was done from a bar breaks rules, as a move does. */
export function DeedWords({ deeds: { deed, refused, busy, error, run, put } }: { deeds: Deeds }) {
  if (!deed || refused.length === 0) return null;
  return (
    <ConflictDialog
      id={deed.key}
      said={deed.said}
      broken={refused}
      busy={busy}
      error={error}
      onSave={(reason) => run(deed, reason, refused)}
      onPutBack={put}
    />
  );
}
