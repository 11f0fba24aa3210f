import { isolated } from '../../staffing/people-names.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { Saved } from './views.ts';

interface Props {
  /** As it stands now. */
  view: Saved;
  theirs: string;
  mine: string;
  onMine: () => void;
  onTheirs: () => void;
  onClose: () => void;
}

/** Somebody else saved over the view that one is about to save over: both are told, and neither is lost unasked. */
export function ViewConflict({ view, theirs, mine, onMine, onTheirs, onClose }: Props) {
  return (
    <Dialog title={`“${isolated(view.name)}” was changed meanwhile`} onClose={onClose}>
      <dl className="vcf">
        <dt>Saved by now</dt>
        <dd>{theirs}</dd>
        <dt>Yours, not saved</dt>
        <dd>{mine}</dd>
      </dl>
      <div className="acts">
        <Button look="primary" onClick={onMine}>
          Save mine over it
        </Button>
        <Button onClick={onTheirs}>Show what is saved</Button>
      </div>
    </Dialog>
  );
}
