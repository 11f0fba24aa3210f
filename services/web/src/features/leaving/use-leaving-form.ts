import type { PersonView } from '@sidekick/contracts';
import { useRef, useState } from 'react';
import { ulid } from '../../app/ulid.ts';
import { usePreview } from '../../staffing/consequences.tsx';
import { dayText, readDay } from '../../staffing/date-fields.tsx';
import { type Draft, fitsLike, useDraft } from '../../staffing/draft.ts';
import { dayRangeWithYear } from '../../staffing/format.ts';
import { rulesOf, useGuardedSave } from '../../staffing/guarded-save.ts';
import { isolated } from '../../staffing/people-names.ts';
import { useClosing } from '../../staffing/use-closing.ts';
import { useLeaving } from '../../staffing/use-leaving.ts';
import { dayWords } from '../../ui/writing.ts';
import type { Records } from '../timeline/index.ts';
import { type Choices, type Left, leavingCommands } from './leaving.ts';
import { meanwhileOf, type Seen, seenOf, staying, tickOf } from './meanwhile.ts';
import { isLeft, type Outcome, useHandingOver, usePagesOf } from './pages.ts';

export interface LeavingProps {
  person: PersonView;
  left: Left;
  records: Records;
  today: string;
  onClose: () => void;
}

/** What is typed and chosen, and what was there then: what others do meanwhile is told against it. */
export interface LeavingDraft extends Choices {
  day: string;
  /** Null once that is saved and pages alone are left: what is there when the form opens again. */
  seen: Seen | null;
  /** Leave, offers and wishes that came or changed since, and are ticked as they were then. */
  ticked: readonly string[];
  settled: Record<string, string>;
  /** By page, who owns it instead. */
  pages: Record<string, string>;
  reason: string;
}

const isTyped = ({ day, work, kept, ticked, teams, pages, reason }: LeavingDraft, shown: string): boolean =>
  day !== shown ||
  reason !== '' ||
  kept.length + ticked.length > 0 ||
  [work, teams, pages].some((chosen) => Object.keys(chosen).length > 0);

/** As any form's, but for what was seen, which is null where pages alone are left. */
const fits = (value: unknown, like: LeavingDraft): boolean =>
  fitsLike((value as LeavingDraft | null)?.seen === null ? { ...(value as LeavingDraft), seen: like.seen } : value, like);

/** The ids of the records that are made, the same ones as long as the form is open: a preview asks about what will be saved. */
function useIds(): (of: string) => string {
  const [ids] = useState(() => new Map<string, string>());
  return (of) => {
    const id = ids.get(of) ?? ulid();
    ids.set(of, id);
    return id;
  };
}

function useWhatIsSaved({ person, left, records, today }: LeavingProps) {
  const shownDay = dayText(person.contract.to);
  const first = (): LeavingDraft => ({
    ...{ day: shownDay, work: {}, kept: [], ticked: [], teams: {}, settled: {}, pages: {}, reason: '' },
    seen: seenOf(left, records.assignments),
  });
  const draft = useDraft<LeavingDraft>(`leaving:${person.id}`, first, { fits, clean: (value) => !isTyped(value, shownDay) });
  const [opened] = useState(() => seenOf(left, records.assignments));
  const seen = draft.value.seen ?? opened;
  const value = { ...draft.value, seen };
  const idFor = useIds();
  const day = readDay(value.day, today);
  const stays = new Set(staying(left, value.seen, value.kept, value.ticked));
  const commands = day ? leavingCommands(left, day, { ...value, kept: [...stays] }, today, idFor) : null;
  const tick = (one: { id: string; version: number }) =>
    stays.has(one.id)
      ? draft.set({ kept: value.kept.filter((id) => id !== one.id), ticked: [...value.ticked, tickOf(one)] })
      : draft.set({ kept: [...value.kept, one.id] });
  const meanwhile = meanwhileOf({
    ...{ person: person.id, seen: value.seen, now: left, day: day ?? null, choices: value, settled: value.settled, records },
    choose: (id, whose, over) => {
      const { [id]: _mine, ...others } = value.work;
      draft.set({ settled: { ...value.settled, [id]: over }, ...(whose === 'theirs' ? { work: others } : {}) });
    },
  });
  return { draft, day, commands, meanwhile, stays, tick, dirty: isTyped(value, shownDay) };
}

/** What is kept of the form while its pages are handed over: those that are not yet, for whoever reloads or closes it before. */
function usePending(draft: Draft<LeavingDraft>, isOpen: () => boolean) {
  const left = useRef<LeavingDraft>(null);
  const kept = useRef<LeavingDraft>(null);
  const keep = (next: LeavingDraft) => {
    left.current = next;
    kept.current = next;
    draft.keep(next);
  };
  const begin = (next: Pick<LeavingDraft, 'day' | 'kept' | 'pages'>) =>
    keep({ seen: null, ticked: [], work: {}, teams: {}, settled: {}, reason: '', ...next });
  const settle = ({ id }: { id: string }, { did }: Outcome) => {
    if (did === 'failed' || did === 'stopped' || !left.current) return;
    const { [id]: _done, ...pages } = left.current.pages;
    const next = { ...left.current, pages };
    // Another form of the same person may be open by then, and keep its own.
    if (Object.keys(pages).length === 0) draft.clear(kept.current ?? next);
    else if (isOpen()) keep(next);
    left.current = next;
  };
  return { begin, settle };
}

/** The form of a leaver: one change set for all of staffing, and then the pages, each by itself. */
export function useLeavingForm(props: LeavingProps) {
  const { person, left, onClose } = props;
  const [name] = useState(person.private.name);
  const { draft, day, commands, meanwhile, stays, tick, dirty } = useWhatIsSaved(props);
  const { pages: owners, reason } = draft.value;
  const guarded = useGuardedSave();
  const owned = usePagesOf(person);
  const { close, isOpen } = useClosing(onClose);
  const pending = usePending(draft, isOpen);
  const handing = useHandingOver(person, pending.settle);
  const isBusy = guarded.busy || handing.isBusy;
  const { late, ...leaving } = useLeaving({ draft, dirty, busy: isBusy, onClose: close });
  // What stands asks for nothing any more: the pages alone are left then.
  const [isSaved, setSaved] = useState(false);
  const preview = usePreview(commands && commands.length > 0 && !isSaved ? commands : null, guarded.busy || guarded.saved);
  const broken = preview.answer?.broken ?? guarded.refused;
  const [tried, setTried] = useState(false);
  const needsReason = rulesOf(broken).length > 0 && reason.trim() === '';
  const asksFirst = meanwhile.some(({ conflicts }) => conflicts.length > 0);
  const toMove = (owned.pages ?? []).flatMap((page) => (owners[page.id] ? [{ ...page, to: owners[page.id] ?? '' }] : []));
  const [moved, setMoved] = useState<typeof toMove>([]);
  const wrong = !tried ? null : wrongDay(draft.value.day, day, person);

  const handOver = async (pages: typeof toMove) => {
    setMoved((old) => [...old.filter(({ id }) => !pages.some((page) => page.id === id)), ...pages]);
    const outcomes = await handing.run(pages);
    const lost = pages.filter(({ id }) => isLeft(outcomes.get(id)));
    if (lost.length > 0 && !isOpen()) late('handed over', null, lost.map(({ title }) => isolated(title)).join(', '));
  };
  const submit = async () => {
    setTried(true);
    if (!day || !commands || wrongDay(draft.value.day, day, person) || needsReason || asksFirst) return;
    if (commands.length === 0 && toMove.length === 0) return;
    if (commands.length > 0) {
      const also = toMove.length > 0 ? 'Undo leaves the pages as they are handed over' : undefined;
      const why = reason.trim();
      const said = `${name} leaves: the last day is ${dayRangeWithYear(day, day)}`;
      const outcome = await guarded.attempt({ commands, said, ...(also ? { also } : {}), ...(why ? { reason: why } : {}) }, broken);
      if (!('saved' in outcome)) {
        if (!isOpen()) late('saved', 'refused' in outcome ? outcome.error : null);
        return;
      }
    }
    if (toMove.length === 0) {
      draft.clear();
      return close();
    }
    pending.begin({ day: dayText(day), kept: [...stays], pages: Object.fromEntries(toMove.map(({ id, to }) => [id, to])) });
    setSaved(true);
    await handOver(toMove);
  };
  const failed = moved.filter(({ id }) => isLeft(handing.outcomes.get(id)));
  const again = () => void handOver(failed.map((page) => ({ ...page, ...owned.pages?.find(({ id }) => id === page.id) })));
  const nothing = tried && commands?.length === 0 && toMove.length === 0;
  return {
    ...{ name, left, draft, day, meanwhile, stays, tick, owned, guarded, preview, broken, leaving, isBusy, submit, wrong, nothing },
    ...{ isSaved, moved, outcomes: handing.outcomes, stop: handing.stop, failed, again, close, asksFirst: tried && asksFirst },
    needsReason: tried && needsReason,
  };
}
export type LeavingForm = ReturnType<typeof useLeavingForm>;

function wrongDay(text: string, day: string | null | undefined, { contract }: PersonView): string | null {
  if (day === undefined) return `“${text.trim()}” is no day we know. Try 18 Dec`;
  if (day === null) return 'Type the last day that they work';
  if (contract.from !== null && day < contract.from) return `The contract begins on ${dayWords(contract.from, null)}, after that`;
  return null;
}
