import type { TimeOffView } from '@sidekick/contracts';
import { useEffect, useState } from 'react';
import { BrokenRules, ReasonField, usePreview } from '../../staffing/consequences.tsx';
import { useDraft } from '../../staffing/draft.ts';
import { TextField } from '../../staffing/fields.tsx';
import type { RecordBody } from '../../staffing/form-types.ts';
import { dayRangeWithYear } from '../../staffing/format.ts';
import { rulesOf, useGuardedSave } from '../../staffing/guarded-save.ts';
import { PersonLink } from '../../staffing/links.tsx';
import { nameOf } from '../../staffing/people-names.ts';
import { KeptNote } from '../../staffing/record-form.tsx';
import { keptDraft } from '../../staffing/use-merging.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { amountText, lengthText, requestWords } from './leave-words.ts';
import { type Names, Price, useAbsence } from './price.tsx';

/** A request with its price; approved or declined here. `counted` is told once all of the row is known. A rule that approving breaks is accepted with a reason. */
export function RequestRow({ request, names, counted }: { request: TimeOffView; names: Names; counted: (id: string) => void }) {
  const absence = useAbsence(request.person, request);
  const guarded = useGuardedSave();
  const approval = {
    do: 'change' as const,
    kind: 'timeOff' as const,
    id: request.id,
    version: request.version,
    patch: { state: 'approved' } satisfies Partial<RecordBody<'timeOff'>>,
  };
  const preview = usePreview([approval], guarded.busy || guarded.saved);
  const isCounted = Boolean((absence.data || absence.error) && (preview.answer || preview.error));
  useEffect(() => {
    if (isCounted) counted(request.id);
  }, [isCounted, counted, request.id]);
  const { draft, reason, word, changed, accept } = useAnswer(request);
  const [tried, setTried] = useState(false);
  const name = nameOf(request.person, names.people, 'Somebody');
  const broken = guarded.refused.length > 0 ? guarded.refused : (preview.answer?.broken ?? []);
  const rules = rulesOf(broken);
  const [declining, setDeclining] = useState(false);
  const answer = async (state: 'approved' | 'declined') => {
    if (state === 'approved' && rules.length > 0 && reason.trim() === '') return setTried(true);
    const said = `Leave of ${name} ${dayRangeWithYear(request.from, request.to)} is ${state}`;
    const says = state === 'declined' ? word.trim() : rules.length > 0 ? reason.trim() : '';
    const why = says === '' ? {} : { reason: says };
    if (await guarded.run({ commands: [{ ...approval, patch: { state } }], said, ...why }, state === 'approved' ? rules : []))
      draft.clear();
  };
  return (
    <li className="rqi" id={`request-${request.id}`}>
      <div className="rqh">
        <h3>
          <PersonLink id={request.person} people={names.people} /> asks for leave {dayRangeWithYear(request.from, request.to)}
        </h3>
        <span className="muted">
          {lengthText(request)}
          {amountText(request) && `, ${amountText(request)}`}
          {request.private?.kind && ` · ${request.private.kind}`}
        </span>
      </div>
      {request.private?.note && (
        <p className="mid">
          “<bdi>{request.private.note}</bdi>”
        </p>
      )}
      {absence.data && <Price absence={absence.data} names={names} />}
      {!absence.data && !absence.error && <Lines count={1} label="Counting what it costs" />}
      {absence.error && (
        <ProblemNote error={absence.error} what="What it costs could not be counted" retry={() => void absence.refetch()} />
      )}
      <div className="fm">
        {rules.length > 0 && <KeptNote kept={keptDraft(draft, (kept) => kept.reason)} />}
        {broken.length > 0 && <BrokenRules broken={broken} />}
        {rules.length > 0 && (
          <ReasonField
            value={reason}
            onChange={(text) => draft.set({ reason: text })}
            autoFocus={tried}
            error={tried && reason.trim() === '' ? 'Say why: the rule refuses this without a reason' : null}
          />
        )}
      </div>
      {declining && changed === null && (
        <form
          className="fm"
          onSubmit={(event) => {
            event.preventDefault();
            void answer('declined');
          }}
        >
          <TextField
            label="Why not?"
            value={word}
            onChange={(text) => draft.set({ word: text })}
            autoFocus
            help={`${name} and managers see it, nobody else`}
          />
          <div className="acts">
            <Button type="submit" look="primary" busy={guarded.busy}>
              Decline
            </Button>
            <Button look="quiet" onClick={() => setDeclining(false)}>
              Back
            </Button>
          </div>
        </form>
      )}
      {guarded.stale && <p className="warn">Somebody answered or changed it meanwhile. This is the newest state.</p>}
      {guarded.error && <ProblemNote error={guarded.error} what="This was not saved" done="this was saved" />}
      {changed !== null && (
        <p className="warn" role="status">
          This was changed since you read it. It was: <bdi>{changed}</bdi>
        </p>
      )}
      <div className="acts">
        {changed !== null ? (
          <Button onClick={accept}>Answer it as it is now</Button>
        ) : (
          !declining && (
            <>
              <Button busy={guarded.busy} onClick={() => void answer('approved')}>
                {rules.length > 0 ? 'Approve anyway' : 'Approve'}
              </Button>
              <Button look="quiet" busy={guarded.busy} onClick={() => setDeclining(true)}>
                Decline…
              </Button>
            </>
          )
        )}
      </div>
    </li>
  );
}

interface Answer {
  reason: string;
  /** Why it is declined. Not there in what the release before kept. */
  word?: string;
  /** Not there in what the release before kept. */
  read?: string;
}
const isAnswer = (value: unknown): boolean => typeof (value as Answer | null)?.reason === 'string';

/** What is typed as the answer, and the words of the request that it was read from: another request is not answered by them unasked. */
function useAnswer(request: TimeOffView) {
  const now = requestWords(request);
  const draft = useDraft<Answer>(`leave-answer:${request.id}`, () => ({ reason: '', word: '', read: now }), { fits: isAnswer });
  const { reason, word = '', read = now } = draft.value;
  const accept = () => (reason === '' && word === '' ? draft.clear() : draft.set({ read: now }));
  return { draft, reason, word, changed: read === now ? null : read, accept };
}
