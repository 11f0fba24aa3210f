import type { TimeOffView } from '@sidekick/contracts';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { wordsOf } from '../../staffing/changes.ts';
import { BrokenRules, ReasonField, usePreview } from '../../staffing/consequences.tsx';
import { useDraft } from '../../staffing/draft.ts';
import { TextField } from '../../staffing/fields.tsx';
import type { RecordBody } from '../../staffing/form-types.ts';
import { rulesOf, useGuardedSave } from '../../staffing/guarded-save.ts';
import { PersonLink } from '../../staffing/links.tsx';
import { nameOf } from '../../staffing/people-names.ts';
import { KeptNote } from '../../staffing/record-form.tsx';
import { keptDraft } from '../../staffing/use-merging.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.tsx';
import { rulesFor, useStartPlan } from '../plan/index.ts';
import { amountText, lengthOfAll, lengthText, requestWords, whenWords } from './leave-words.ts';
import { Cost, daysWords } from './plan-list.tsx';
import { type Names, Price, together, useAbsence } from './price.tsx';

interface Props {
  /** One request, or those of one set, which are answered together; in the order of their days. */
  requests: readonly [TimeOffView, ...TimeOffView[]];
  names: Names;
  /** Is told of each request once all of the row is known. */
  counted: (id: string) => void;
  /** Opens one of a set, which is answered by itself there. */
  onOpen: (id: string) => void;
}

/** A request with its price; approved or declined here. A rule that approving breaks is accepted with a reason. */
export function RequestRow({ requests, names, counted, onOpen }: Props) {
  const [request] = requests;
  const absence = useAbsence(request.person, requests);
  const price = absence.data && together(absence.data);
  const guarded = useGuardedSave();
  const answers = (state: 'approved' | 'declined') =>
    requests.map(({ id, version }) => ({
      do: 'change' as const,
      kind: 'timeOff' as const,
      id,
      version,
      patch: { state } satisfies Partial<RecordBody<'timeOff'>>,
    }));
  const preview = usePreview(answers('approved'), guarded.busy || guarded.saved);
  const isCounted = Boolean((absence.data || absence.error) && (preview.answer || preview.error));
  const ids = requests.map(({ id }) => id).join(' ');
  useEffect(() => {
    if (isCounted) for (const id of ids.split(' ')) counted(id);
  }, [isCounted, counted, ids]);
  const { draft, reason, word, changed, accept } = useAnswer(requests);
  const [tries, setTries] = useState(0);
  const tried = tries > 0;
  const name = nameOf(request.person, names.people, 'Somebody');
  const broken = guarded.refused.length > 0 ? guarded.refused : (preview.answer?.broken ?? []);
  const rules = rulesOf(broken);
  const all = requests.length > 1 ? ` all ${requests.length}` : '';
  const [declining, setDeclining] = useState(false);
  const row = useRef<HTMLLIElement>(null);
  useFocusOf(row, declining, tries);
  const start = useStartPlan();
  const answer = async (state: 'approved' | 'declined'): Promise<boolean> => {
    if (state === 'approved' && rules.length > 0 && reason.trim() === '') {
      setTries(tries + 1);
      return false;
    }
    const said = `Leave of ${name} ${whenWords(requests)} is ${state}`;
    const says = state === 'declined' ? word.trim() : rules.length > 0 ? reason.trim() : '';
    const why = says === '' ? {} : { reason: says };
    const saved = await guarded.run({ commands: answers(state), said, ...why }, state === 'approved' ? rules : []);
    if (saved) draft.clear();
    return saved !== null;
  };
  const mend = async () => {
    const days = { from: request.from, to: requests.at(-1)?.to ?? request.to };
    if (!(await answer('approved'))) return;
    // The row may be gone by now: what fails is said beside it.
    await start.mutateAsync({ rules: rulesFor(days.from, days.to), focus: price?.changed[0]?.project ?? null }).catch((error: unknown) => {
      toast('The leave is approved, but no plan was started', { tone: 'bad', detail: wordsOf(error) });
    });
  };
  return (
    <li ref={row} className="rqi" id={`request-${request.id}`}>
      <div className="rqh">
        <h3>
          <PersonLink id={request.person} people={names.people} /> asks for leave {whenWords(requests)}
          {requests.slice(1).map(({ id }) => (
            <span key={id} id={`request-${id}`} />
          ))}
        </h3>
        <span className="muted">
          {lengthOfAll(requests)}
          {amountText(request) && `, ${amountText(request)}`}
          {request.private?.kind && ` · ${request.private.kind}`}
        </span>
      </div>
      {request.private?.note && (
        <p className="mid">
          “<bdi>{request.private.note}</bdi>”
        </p>
      )}
      {requests.length > 1 && (
        <ol className="plan" aria-label="Days asked for">
          {requests.map((one, index) => (
            <li key={one.id}>
              <button type="button" className="lnk nl" onClick={() => onOpen(one.id)}>
                {daysWords(one)}
              </button>
              <span className="muted">{lengthText(one)}</span>
              <Cost absence={absence.data?.[index]} names={names} />
            </li>
          ))}
        </ol>
      )}
      {price && <Price absence={price} names={names} />}
      {!absence.data && !absence.error && <Lines count={1} label="Counting what it costs" />}
      {absence.error && (
        <ProblemNote error={absence.error} what="What it costs could not be counted" retry={() => void absence.refetch()} />
      )}
      <div className="fm" hidden={declining}>
        {rules.length > 0 && <KeptNote kept={keptDraft(draft, (kept) => kept.reason)} />}
        {broken.length > 0 && <BrokenRules broken={broken} />}
        {rules.length > 0 && !declining && (
          <ReasonField
            label="Why approve anyway?"
            value={reason}
            onChange={(text) => draft.set({ reason: text })}
            autoFocus
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
                {`Approve${all}${rules.length > 0 ? ' anyway' : ''}`}
              </Button>
              {price !== undefined && price.lostCover > 0 && (
                <Button busy={guarded.busy || start.isPending} onClick={() => void mend()}>
                  {`Approve${all} and plan who covers`}
                </Button>
              )}
              <Button look="quiet" busy={guarded.busy} data-decline onClick={() => setDeclining(true)}>
                {`Decline${all}…`}
              </Button>
            </>
          )
        )}
      </div>
    </li>
  );
}

/** Into the field that an answer lacks, and back to where declining was begun. */
function useFocusOf(row: RefObject<HTMLElement | null>, declining: boolean, tries: number): void {
  const before = useRef({ declining, tries });
  useEffect(() => {
    const { current: was } = before;
    before.current = { declining, tries };
    const isBack = was.declining && !declining;
    if (!isBack && was.declining === declining && was.tries === tries) return;
    row.current?.querySelector<HTMLElement>(isBack ? '[data-decline]' : '[data-autofocus]')?.focus();
  }, [row, declining, tries]);
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
function useAnswer(requests: Props['requests']) {
  const now = requestWords(requests);
  const [{ id, set }] = requests;
  const draft = useDraft<Answer>(`leave-answer:${set ?? id}`, () => ({ reason: '', word: '', read: now }), { fits: isAnswer });
  const { reason, word = '', read = now } = draft.value;
  const accept = () => (reason === '' && word === '' ? draft.clear() : draft.set({ read: now }));
  return { draft, reason, word, changed: read === now ? null : read, accept };
}
