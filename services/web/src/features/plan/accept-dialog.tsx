import type { BrokenRule, PlanChoice } from '@sidekick/contracts';
import { useId, useRef, useState } from 'react';
import { ulid } from '../../app/ulid.ts';
import { brokenIn } from '../../staffing/changes.ts';
import { BrokenRules, ReasonField } from '../../staffing/consequences.tsx';
import { Choice } from '../../staffing/fields.tsx';
import { count, dayRange } from '../../staffing/format.ts';
import { rulesOf } from '../../staffing/guarded-save.ts';
import type { Known } from '../../staffing/links.tsx';
import { nameOf } from '../../staffing/people-names.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { MovedNote } from './moved-note.tsx';
import { movedIn, useAcceptPlan } from './queries.ts';

interface Props {
  plan: string;
  choices: readonly PlanChoice[];
  records: Known;
  /** Rules that are known to break. */
  broken: readonly BrokenRule[];
  onClose: () => void;
  /** Plans anew by the same rules. */
  onAgain: () => void;
}

/** Confirmed or tentative, and what becomes of the choices: one change set, with Undo. */
export function AcceptDialog({ plan, choices, records, broken, onClose, onAgain }: Props) {
  const accept = useAcceptPlan(plan);
  const [state, setState] = useState<'confirmed' | 'tentative'>('confirmed');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const form = useId();
  const last = useRef({ of: '', id: '' });
  const refused = brokenIn(error);
  const rules = rulesOf(refused.length > 0 ? refused : broken);
  const needsReason = rules.length > 0 && (state === 'confirmed' || refused.length > 0);
  const moved = movedIn(error);
  const send = async () => {
    setTried(true);
    if (needsReason && reason.trim() === '') return;
    setBusy(true);
    setError(null);
    const codes = needsReason ? [...new Set(rules.map(({ code }) => code))] : [];
    const ids = choices.map(({ id }) => id);
    // Sent again after an answer that was lost, it is the same change set.
    const of = JSON.stringify([ids, state, codes, reason]);
    if (last.current.of !== of) last.current = { of, id: ulid() };
    const body = { id: last.current.id, choices: ids, state, accept: codes, ...(needsReason ? { reason: reason.trim() } : {}) };
    try {
      await accept(body, `${count(choices.length, 'choice')} of the plan ${choices.length === 1 ? 'is' : 'are'} ${state}`);
      onClose();
    } catch (failed) {
      setError(failed instanceof Error ? failed : new Error(String(failed)));
      setBusy(false);
    }
  };
  return (
    <Dialog title={`Accept ${count(choices.length, 'choice')}`} onClose={onClose} busy={busy} size={560}>
      <form
        id={form}
        className="fm"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <ul className="pl-acc">
          {choices.map(({ id, person, project, from, to }) => (
            <li key={id}>
              <b>
                <bdi>{nameOf(person, records.people)}</bdi>
              </b>{' '}
              on <bdi>{records.projects.get(project)?.name ?? 'a project'}</bdi>, {dayRange(from, to)}
            </li>
          ))}
        </ul>
        <Choice
          label="As"
          value={state}
          onChange={setState}
          options={[
            { value: 'confirmed', label: 'Confirmed' },
            { value: 'tentative', label: 'Tentative' },
          ]}
        />
        {needsReason && <BrokenRules broken={rules} />}
        {needsReason && (
          <ReasonField
            value={reason}
            onChange={setReason}
            error={tried && reason.trim() === '' ? 'Say why: the rule refuses this without a reason' : null}
          />
        )}
        {moved && <MovedNote {...moved} onAgain={onAgain} />}
        {error && !moved && refused.length === 0 && <ProblemNote error={error} what="Nothing was accepted" done="it was accepted" />}
        <div className="acts">
          <Button look="primary" type="submit" busy={busy} data-autofocus disabled={moved !== null}>
            {needsReason ? 'Accept anyway' : 'Accept'}
          </Button>
          <Button busy={busy} onClick={onClose}>
            Not now
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
