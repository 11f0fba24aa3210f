import { dayOf, isoDay, mondayOf, rangeWords, type Span, weekOfDay } from '@sidekick/calendar';
import type { Pattern, Person } from '@sidekick/contracts';
import type { Draft } from './draft.ts';
import type { Who } from './names.ts';
import type { Resolved, Sheet } from './resolved.ts';

/** The person that a name stands for, as far as their week goes. */
export function patternedOf(sheet: Sheet, resolved: Resolved, ref: string): Pick<Person, 'patterns'> | undefined {
  const kept = sheet.state.person.get(ref)?.record;
  if (kept) return kept;
  const who = resolved.people.get(ref.replace(/^person:/, ''));
  return who ? { patterns: [{ from: '1970-01-01', hours: weekOf(sheet, resolved, who) }] } : undefined;
}

const usualHours = 40;
const usualDays = 5;

/** Hours of Monday to Sunday: what the sheet says of the person, in as many days; else what new people get. */
function weekOf({ corrections }: Sheet, { weeks }: Resolved, { key }: Who): number[] {
  const told = weeks.get(key);
  const usual = corrections.newPeople.hours;
  if (told?.hours === undefined || told.hours === null) return usual ? [...usual] : spread(usualHours, told?.days ?? usualDays);
  return spread(told.hours, told.days ?? usualDays);
}

/** Over so many days from Monday on, over more where a day would have too many hours. */
function spread(hours: number, days: number): number[] {
  const least = Math.max(1, Math.ceil(days), Math.ceil(hours / 24));
  const count = Math.min(7, least);
  return Array.from({ length: 7 }, (_, at) => (at < count ? Math.round((hours / count) * 100) / 100 : 0));
}

/** New people, with the week that the sheet says of them from its first day on. */
export function peopleDrafts(sheet: Sheet, resolved: Resolved, windows: readonly Span[]): Draft[] {
  const { corrections, today } = sheet;
  const { region, timeZone } = corrections.newPeople;
  const first = Math.min(dayOf(today), windows[0]?.from ?? Number.POSITIVE_INFINITY);
  const from = isoDay(mondayOf(weekOfDay(first)));
  return [...resolved.people.values()].flatMap((who): Draft[] => {
    if (who.as !== 'new') return [];
    const patterns: Pattern[] = [{ from, hours: weekOf(sheet, resolved, who) }];
    const body = { timeZone, region, patterns, private: { name: who.name, email: null, note: null } };
    const hours = patterns[0]?.hours.reduce((sum, one) => sum + one, 0) ?? 0;
    const words = `${who.name}, ${Math.round(hours * 100) / 100} h a week`;
    return [{ do: 'create', kind: 'person', ref: `person:${who.key}`, body, words, was: null, byHand: false, place: null }];
  });
}

interface On extends Span {
  readonly project: string;
}

/** New projects, from their first entry to their last; one that a sheet made grows with its entries. */
export function projectDrafts(
  { state, bySheet, today }: Sheet,
  { projects }: Resolved,
  windows: readonly Span[],
  work: readonly On[],
): Draft[] {
  const spans = new Map<string, Span>();
  for (const { project, from, to } of work) {
    const known = spans.get(project);
    spans.set(project, known ? { from: Math.min(known.from, from), to: Math.max(known.to, to) } : { from, to });
  }
  const whole: Span = { from: windows[0]?.from ?? dayOf(today), to: windows.at(-1)?.to ?? Number.POSITIVE_INFINITY };
  const told = { kind: 'project' as const, place: null, byHand: false };
  return [...projects.values()].flatMap((who): Draft[] => {
    if (who.as === 'new') {
      const span = spans.get(`project:${who.key}`) ?? whole;
      const body = { name: who.name, ...isoSpan(span) };
      return [{ ...told, do: 'create', ref: `project:${who.key}`, body, words: `${who.name}, ${rangeWords(span, null)}`, was: null }];
    }
    const kept = who.as === 'here' && who.here ? state.project.get(who.here.id) : undefined;
    const span = kept && spans.get(kept.record.id);
    if (!kept || !span || !bySheet.has(kept.version)) return [];
    const now = { from: dayOf(kept.record.from), to: kept.record.to === null ? Number.POSITIVE_INFINITY : dayOf(kept.record.to) };
    const grown = { from: Math.min(now.from, span.from), to: Math.max(now.to, span.to) };
    if (grown.from === now.from && grown.to === now.to) return [];
    const body = {
      ...(grown.from === now.from ? {} : { from: isoDay(grown.from) }),
      ...(grown.to === now.to ? {} : { to: isoDay(grown.to) }),
    };
    const words = (one: Span) => `${kept.record.name}, ${rangeWords(one, null)}`;
    return [{ ...told, do: 'change', id: kept.record.id, version: kept.version, body, words: words(grown), was: words(now) }];
  });
}

const isoSpan = ({ from, to }: Span) => ({ from: isoDay(from), to: Number.isFinite(to) ? isoDay(to) : null });
