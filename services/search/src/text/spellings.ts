/**
 * British and American forms of a word, which the stemmer keeps apart or takes for another word (`authorization` for `author`).
 * Rules by ending, from Wikipedia, "American and British English spelling differences"; a form that nobody writes finds nothing.
 */
const rules: readonly [RegExp, string][] = [
  [/^(.{3,})is(e[drs]?|ing|ations?)$/, '$1iz$2'],
  [/^(.{3,})iz(e[drs]?|ing|ations?)$/, '$1is$2'],
  [/^(.{2,})ys(e[drs]?|ing)$/, '$1yz$2'],
  [/^(.{2,})yz(e[drs]?|ing)$/, '$1ys$2'],
  [/^((?:behavi|col|fav|flav|harb|hon|hum|lab|neighb|rum|vap|endeav|arm|od|sav|vig)o)ur(.*)$/, '$1r$2'],
  [/^((?:behavi|col|fav|flav|harb|hon|hum|lab|neighb|rum|vap|endeav|arm|od|sav|vig)o)r(?!u)(.*)$/, '$1ur$2'],
  [/^(cent|met|lit|fib|theat|calib)re(s?)$/, '$1er$2'],
  [/^(cent|met|lit|fib|theat|calib)er(s?)$/, '$1re$2'],
  [/^(licen|defen|offen|practi|preten)c(e[ds]?|ing)$/, '$1s$2'],
  [/^(licen|defen|offen|practi|preten)s(e[ds]?|ing)$/, '$1c$2'],
  [/^(catal|anal|dial|monol)og(s?)$/, '$1ogue$2'],
  [/^(catal|anal|dial|monol)ogue(s?)$/, '$1og$2'],
  [/^(cancel|label|model|travel|level|signal|channel|fuel|total|dial|panel|marshal|initial)l(ed|ing|er|ers)$/, '$1$2'],
  [/^(cancel|label|model|travel|level|signal|channel|fuel|total|dial|panel|marshal|initial)(ed|ing|er|ers)$/, '$1l$2'],
  [/^gr([ae])y(s|ed|ing|scale)?$/, 'gr?y$2'],
  [/^(judg|acknowledg)ement(s?)$/, '$1ment$2'],
  [/^(judg|acknowledg)ment(s?)$/, '$1ement$2'],
  [/^program(s?)$/, 'programme$1'],
  [/^programme(s?)$/, 'program$1'],
  [/^artefact(s?)$/, 'artifact$1'],
  [/^artifact(s?)$/, 'artefact$1'],
  [/^enrol(s?|ment|ments)$/, 'enroll$1'],
  [/^enroll(s?|ment|ments)$/, 'enrol$1'],
];

/** Other spellings of a lower-case word; most have none. */
export function spellingsOf(word: string): string[] {
  const found = rules.flatMap(([pattern, form]) => (pattern.test(word) ? [word.replace(pattern, form)] : []));
  return [...new Set(found.map((form) => form.replace('?', word[2] === 'a' ? 'e' : 'a')))].filter((form) => form !== word);
}
