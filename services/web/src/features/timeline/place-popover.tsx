import type { OpeningView } from '@sidekick/contracts';
import { type RefObject, useState } from 'react';
import { ulid } from '../../app/ulid.ts';
import { useGuardedSave } from '../../staffing/guarded-save.ts';
import { ProjectLink } from '../../staffing/links.tsx';
import { useClosing } from '../../staffing/use-closing.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import type { Records } from './bars.ts';
import { capital, placeBody, placeName, placeWords } from './place-fill.ts';
import { Pop } from './pop.tsx';

interface Props {
  place: OpeningView;
  records: Records;
  canEdit: boolean;
  anchor: () => HTMLElement | null;
  scroller: RefObject<HTMLElement | null>;
  onFill: () => void;
  onForm: () => void;
  onClose: () => void;
}

/** The menu of an open place: what is asked for, and for managers what can be done with it at once. A sheet on a phone. */
export function PlacePopover({ place, records, canEdit, anchor, scroller, onFill, onForm, onClose }: Props) {
  const guarded = useGuardedSave();
  const { close } = useClosing(onClose);
  const name = capital(placeName(place, records.projects.get(place.project)?.name));
  // A copy whose answer was lost is asked for again, and made once.
  const [copy] = useState(ulid);
  const again = async () => {
    const record = { ...placeBody(place, place), sample: false };
    const command = { do: 'create' as const, kind: 'opening' as const, id: copy, record };
    if (await guarded.run({ commands: [command], said: `${name}, once more` })) close();
  };
  const remove = async () => {
    const command = { do: 'delete' as const, kind: 'opening' as const, id: place.id, version: place.version };
    if (await guarded.run({ commands: [command], said: `${name}, removed: nobody is wanted there any more` })) close();
  };
  return (
    <Pop label={`Open place: ${name}, ${placeWords(place)}`} anchor={anchor} scroller={scroller} small onClose={onClose}>
      <div className="pop-h">
        <h2>
          {capital(place.role)} wanted on <ProjectLink id={place.project} projects={records.projects} />
        </h2>
        <Button look="quiet" icon="x" aria-label="Close" onClick={onClose} data-autofocus={canEdit ? undefined : true} />
      </div>
      <div className="bd">
        <p className="mid">{placeWords(place)}.</p>
        <p className="xs">Nobody yet: these are wanted hours, in no total of work.</p>
        {place.private?.note && (
          <p className="mid">
            <bdi>{place.private.note}</bdi>
          </p>
        )}
        {guarded.stale && (
          <p className="warn" role="status">
            Somebody changed it first. What you see is the newest state.
          </p>
        )}
        {guarded.error && <ProblemNote error={guarded.error} what="This was not saved" done="this was saved" />}
      </div>
      {canEdit && (
        <footer>
          <Button look="primary" onClick={onFill} data-autofocus>
            Fill…
          </Button>
          <Button onClick={onForm}>Change…</Button>
          <Button busy={guarded.busy} title="The same place once more, in the same days" onClick={() => void again()}>
            Duplicate
          </Button>
          <Button icon="trash" busy={guarded.busy} onClick={() => void remove()}>
            Delete
          </Button>
        </footer>
      )}
    </Pop>
  );
}
