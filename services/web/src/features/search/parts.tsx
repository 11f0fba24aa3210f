import type { SearchAnswer, SearchNote } from '@sidekick/contracts';
import { type HitType, hitTypes } from './queries.ts';
import { sendable } from './sendable.ts';

/** How many there are of each kind; one can be chosen. */
export function Facets({
  counts,
  type,
  choose,
}: {
  counts: SearchAnswer['counts'];
  type: HitType | null;
  choose: (type: HitType | null) => void;
}) {
  const all = counts.section + counts.person + counts.project;
  const facets: [HitType | null, string, number][] = [
    [null, 'All', all],
    ...hitTypes.map(([kind, label]) => [kind, label, counts[kind]] as [HitType, string, number]),
  ];
  return (
    <fieldset className="kinds" aria-label="Kinds">
      {facets.map(([kind, label, count]) => (
        <button key={label} type="button" aria-pressed={type === kind} disabled={count === 0 && type !== kind} onClick={() => choose(kind)}>
          {label} <span className="n">{count}</span>
        </button>
      ))}
    </fieldset>
  );
}

/** Says what was searched instead of words that the index does not know. */
export function Correction({ q, answer, asTyped }: { q: string; answer: SearchAnswer; asTyped: () => void }) {
  if (answer.corrections.length === 0) return null;
  const shown = answer.corrections.reduce((text, { from, to }) => text.replace(new RegExp(literally(from), 'iu'), () => to), q);
  return (
    <p className="dym" role="status">
      {answer.corrections
        .map(({ from }) => from)
        .map((word, at) => (
          <span key={word}>
            {at > 0 && ', '}
            <b>{word}</b>
          </span>
        ))}{' '}
      {answer.corrections.length === 1 ? 'is' : 'are'} not in the index. Showing results for <b>{shown.trim()}</b>.{' '}
      <button type="button" className="link" onClick={asTyped}>
        Search the words as typed
      </button>
    </p>
  );
}

/** Says what was read otherwise than it may have been meant. */
export function Notes({ q, notes }: { q: string; notes: readonly SearchNote[] }) {
  const { left } = sendable(q);
  const told = notes.map((note) => (note.kind === 'shortened' ? { ...note, count: note.count + left } : note));
  if (left > 0 && !told.some(({ kind }) => kind === 'shortened')) told.push({ kind: 'shortened', words: [], count: left });
  if (told.length === 0) return null;
  return (
    <div className="dym" role="status">
      {told.map((note) => (
        <p key={note.kind}>{sentenceOf(note)}</p>
      ))}
    </div>
  );
}

const named = (words: readonly string[], before = '') =>
  words.map((word, at) => (
    <span key={word}>
      {at > 0 && ', '}
      <b>
        {before}
        {word}
      </b>
    </span>
  ));

/** Of what is excluded a colon tells a field from words, which hold none. */
function leftOut(all: readonly string[]) {
  const fields = all.filter((one) => one.includes(':'));
  const [words, first] = [all.filter((one) => !fields.includes(one)), all.find((one) => !fields.includes(one))];
  return (
    <>
      {first !== undefined && (
        <>
          Without whatever holds {named(words)}. To find it instead, write <code>"-{first}"</code> in quotes.{' '}
        </>
      )}
      {fields.length > 0 && <>Without whatever has {named(fields)}.</>}
    </>
  );
}

function sentenceOf({ kind, words, count }: SearchNote) {
  const [first = ''] = words;
  if (kind === 'excluded') return leftOut(words);
  if (kind === 'option')
    return (
      <>
        {named(words, '-')} {words.length === 1 ? 'is searched, as pages write it' : 'are searched, as pages write them'} with the dash. To
        leave the word out, write <code>-"{first}"</code>.
      </>
    );
  if (kind === 'phrase') return <>Nothing holds {named(words)} in this order: the words are searched one by one.</>;
  if (kind === 'shortened')
    return (
      <>
        The text is longer than a search: its first words are searched, {count} more {count === 1 ? 'is' : 'are'} left out.
      </>
    );
  return <>The handbook has changed since the hits above were read: some may be missing or come twice. Search again to see all.</>;
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const rules: [string, string][] = [
  ['release train', 'either word; pages with both come first'],
  ['"release train"', 'the words in this order'],
  ['release -train', 'without the second word'],
  ['java -jar', 'both words, where pages write the dash too; -"jar" leaves it out all the same'],
  ['tag:sql', 'pages with the tag; -tag:sql leaves them out, and so with every field'],
  ['section:Data', 'pages below a section of the handbook'],
  ['owner:Ana', 'pages that Ana owns'],
  ['type:person', 'people; also section and project'],
  ['skill:PostGIS', 'people who know it'],
  ['status:agreed', 'projects in this state'],
];

/** The query language. */
export function QueryHelp({ take }: { take?: (example: string) => void }) {
  return (
    <section className="qh">
      <h2>How to ask</h2>
      <dl>
        {rules.map(([example, meaning]) => (
          <div key={example}>
            <dt>
              {take ? (
                <button type="button" onClick={() => take(example)}>
                  <code>{example}</code>
                </button>
              ) : (
                <code>{example}</code>
              )}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="xs">
        Words match in all their forms: “migrations” finds “migrate”. A word that occurs nowhere is corrected, and the answer says so.
        Accents may be left out, and “oe” found for “ö”. Chinese, Japanese, Korean and Thai are found anywhere inside a run, as they are
        written: neither corrected nor turned from traditional to simplified.
      </p>
    </section>
  );
}
