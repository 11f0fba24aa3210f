import type { Choice, Fields, Single } from './draft.ts';
import { askedIn } from './merge.ts';
import type { Lost } from './save.ts';

/**
 * What is asked in one place. It is known by what both sides say there and not by its number: after another race the same number
 * may be another place, and what was chosen for the first would be taken for an answer about a text that nobody has seen.
 */
export type Question = Omit<Choice, 'lines'>;

export const keyOf = ({ of, mine, theirs }: Question): string => JSON.stringify([of, mine, theirs]);
export const same = (one: readonly string[], other: readonly string[]): boolean => JSON.stringify(one) === JSON.stringify(other);
export const bothOf = ({ mine, theirs }: Question): readonly string[] => [...theirs, ...mine];

export const fieldAsked = ({ mine, theirs }: Lost, name: Single): Question => ({
  of: name,
  mine: [mine[name] ?? ''],
  theirs: [theirs[name] ?? ''],
});

/** The places of the text that are asked, in its order. */
export function placesOf({ merge }: Lost): Question[] {
  const before = new Map<string, number>();
  return askedIn(merge.text).map(({ mine, theirs }) => {
    const key = keyOf({ of: 0, mine, theirs });
    const of = before.get(key) ?? 0;
    before.set(key, of + 1);
    return { of, mine, theirs };
  });
}

export const questionsOf = (lost: Lost): Question[] => [...lost.merge.asked.map((name) => fieldAsked(lost, name)), ...placesOf(lost)];

/** What was chosen there; undefined: nothing yet. */
export const answerTo = (chosen: readonly Choice[], question: Question): readonly string[] | undefined =>
  chosen.find((choice) => keyOf(choice) === keyOf(question))?.lines;

/** The choices with one more; an earlier one about the same is forgotten. */
export const withChoice = (chosen: readonly Choice[], choice: Choice): Choice[] => [
  ...chosen.filter((one) => keyOf(one) !== keyOf(choice)),
  choice,
];

/** Texts that were written by hand for what is not asked any more, and do not stand in the own text. */
export function writtenElsewhere(lost: Lost, chosen: readonly Choice[]): string[] {
  const asked = new Set(questionsOf(lost).map(keyOf));
  const written = chosen.filter(
    (choice) => !asked.has(keyOf(choice)) && ![choice.mine, choice.theirs, bothOf(choice), []].some((lines) => same(lines, choice.lines)),
  );
  const texts = written.map(({ lines }) => lines.join('\n'));
  return [...new Set(texts)].filter((text) => !lost.mine.body.includes(text));
}

/** The fields with what was chosen. */
export function composed(lost: Lost, chosen: readonly Choice[]): Fields {
  const { merge, mine, theirs } = lost;
  const fields: Fields = { ...merge.fields };
  for (const name of merge.asked) {
    const question = fieldAsked(lost, name);
    const isMine = same(answerTo(chosen, question) ?? question.theirs, question.mine);
    Object.assign(fields, { [name]: isMine ? mine[name] : theirs[name] });
  }
  const places = placesOf(lost);
  const lines = merge.text.flatMap((part) => {
    const place = part.kind === 'asked' ? places.shift() : undefined;
    return part.kind === 'settled' ? part.lines : ((place && answerTo(chosen, place)) ?? []);
  });
  return { ...fields, body: lines.join('\n') };
}
