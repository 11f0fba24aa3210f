import { z } from 'zod';
import { digits } from '../common.ts';

/** `GET /search?q&type&limit&cursor&exact`. What `q` may say is told where `parseQuery` reads it. */
export const SearchQuery = z.strictObject({
  /** Of a longer text than is searched the first words count, and the answer says so. */
  q: z.string().max(20_000),
  type: z.enum(['section', 'person', 'project']).optional(),
  limit: digits(z.int().min(1).max(200)).default(20),
  cursor: z.string().max(6_000).optional(),
  /** `true` searches the words as typed: no correction. */
  exact: z.enum(['true', 'false']).default('false'),
  /** `true` while the query is being typed: the last word stands for every word that begins with it. */
  typing: z.enum(['true', 'false']).default('false'),
});

/** Text with the parts that matched; joined they are the text. */
export const Snippet = z.array(z.strictObject({ text: z.string(), hit: z.boolean() }));
export type Snippet = z.infer<typeof Snippet>;

/** Another section of the page that a hit is of. */
const OtherSection = z.strictObject({ anchor: z.string(), title: Snippet });

export const SearchHit = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('section'),
    /** Page id. */
    id: z.string(),
    path: z.string(),
    anchor: z.string(),
    title: Snippet,
    /** Titles above: section of the tree, page, headings. */
    trail: z.array(z.string()),
    snippet: Snippet,
    /** Up to two more sections of the page, which stands in an answer once; absent in an answer of an older release. */
    more: z.array(OtherSection).default([]),
    score: z.number(),
  }),
  z.strictObject({ type: z.literal('person'), id: z.string(), title: Snippet, snippet: Snippet, score: z.number() }),
  z.strictObject({ type: z.literal('project'), id: z.string(), title: Snippet, snippet: Snippet, score: z.number() }),
]);
export type SearchHit = z.infer<typeof SearchHit>;

/**
 * What was read otherwise than somebody may have meant it:
 * - `excluded`: hits hold none of these words and phrases, and have none of these fields, which are told as `tag:sql`;
 * - `option`: words after a dash that were searched, since pages write them as options of a command;
 * - `phrase`: nothing holds these words in this order, so that they were searched one by one;
 * - `shortened`: the first words were searched, `count` more were not;
 * - `moved`: the index has changed since the page before this one, which may repeat hits or miss some.
 */
export const SearchNote = z.strictObject({
  kind: z.enum(['excluded', 'option', 'phrase', 'shortened', 'moved']),
  words: z.array(z.string()),
  count: z.number().int(),
});
export type SearchNote = z.infer<typeof SearchNote>;

export const SearchAnswer = z.strictObject({
  items: z.array(SearchHit),
  nextCursor: z.string().nullable(),
  total: z.number().int(),
  counts: z.strictObject({ section: z.number().int(), person: z.number().int(), project: z.number().int() }),
  /** Words the index does not know and what was searched instead. */
  corrections: z.array(z.strictObject({ from: z.string(), to: z.string() })),
  /** Absent in an answer of an older release. */
  notes: z.array(SearchNote).default([]),
  /** Milliseconds inside the service. */
  took: z.number(),
});
export type SearchAnswer = z.infer<typeof SearchAnswer>;

/** `GET /search/completions?q`: titles that begin with what is typed. */
export const CompletionsAnswer = z.strictObject({
  items: z.array(z.strictObject({ text: z.string(), type: z.enum(['section', 'person', 'project']), id: z.string(), path: z.string() })),
});
export type CompletionsAnswer = z.infer<typeof CompletionsAnswer>;
