import { z } from 'zod';
import { digits, Instant, nameOf, Ulid, unseenWords } from '../common.ts';
import { distinctNames, isSeen, nameKey, tidyName, unseen } from '../names.ts';

/** Characters of a path. */
export const longestPath = 400;
const pathForm = /^(?!\/)(?!.*\/\/)(?!.*(?:^|\/)\.\.?(?:\/|$))[^\p{Cc}\p{Zl}\p{Zp}?#\\]*(?<!\/)$/u;
const pathWords = 'A path without leading or trailing slash, "." or ".."';
/** Path of a page below `/p/`, in Unicode's composed form: lower case or as in the source, no control characters, no leading or trailing slash; `''` is the handbook's front page. */
export const PagePath = z.string().max(longestPath).normalize('NFC').regex(pathForm, { error: pathWords, abort: true });
/** As a body brings one: its parts are names, tidy and of what can be seen. What was stored before may be otherwise. */
const TypedPath = PagePath.overwrite((path) => path.split('/').map(tidyName).join('/'))
  .refine((path) => pathForm.test(path), pathWords)
  .refine((path) => !unseen.test(path), unseenWords)
  .refine((path) => path === '' || path.split('/').every(isSeen), 'Nothing of a part between slashes can be seen; type a name');
export const Visibility = z.enum(['public', 'internal']);
export const PageStatus = z.enum(['draft', 'in-review', 'published', 'archived']);
export const Owner = z.strictObject({ type: z.enum(['person', 'team']), id: z.string().max(100) });
export type Owner = z.infer<typeof Owner>;
/** As they are kept; bodies take names by `nameOf` alone. */
const Title = z.string().normalize('NFC').trim().min(1).max(300);
const Tags = z.array(z.string().normalize('NFC').trim().min(1).max(60)).max(50).overwrite(distinctNames);
const typed = {
  title: nameOf(300),
  tags: z.array(nameOf(60)).max(50).overwrite(distinctNames),
  owners: z
    .array(Owner.extend({ id: nameOf(100) }))
    .max(20)
    .overwrite((owners) => owners.filter((one, at) => owners.findIndex((other) => isSameOwner(one, other)) === at)),
};
const isSameOwner = (a: Owner, b: Owner): boolean => a.type === b.type && nameKey(a.id) === nameKey(b.id);

/** Place in the tree. `order` numbers sort before strings; null is by title. */
export const PagePlace = z.strictObject({
  parent: Ulid.nullable(),
  order: z.union([z.number(), z.string().max(100)]).nullable(),
  exclude: z.boolean(),
});

/** What a page says about itself; the body lives in a revision. */
export const PageMeta = z.strictObject({
  path: PagePath,
  title: Title,
  status: PageStatus,
  visibility: Visibility,
  owners: z.array(Owner).max(20),
  tags: Tags,
  /** Key of the source that imports this page; null: made here. */
  source: z.string().max(200).nullable(),
  place: PagePlace,
  /** Left out of search. */
  searchExclude: z.boolean(),
  /** Weeks between reviews, and the instant of the last one. */
  reviewEveryWeeks: z.number().int().min(1).max(520).nullable(),
  reviewedAt: Instant.nullable(),
  sample: z.boolean(),
});
export type PageMeta = z.infer<typeof PageMeta>;

export const Heading = z.strictObject({ level: z.number().int().min(1).max(6), id: z.string(), text: z.string() });
export type Heading = z.infer<typeof Heading>;
export const Crumb = z.strictObject({ id: Ulid, path: z.string(), title: z.string() });
export type Crumb = z.infer<typeof Crumb>;
/** What stands above a page; a folder without a page of its own has no id. */
const CrumbAbove = Crumb.extend({ id: Ulid.nullable() });

/** A page as a reader sees it: `html` is sanitised, its links resolved for this reader. */
export const PageView = PageMeta.extend({
  id: Ulid,
  version: z.number().int().min(1),
  revision: Ulid,
  createdAt: Instant,
  changedAt: Instant,
  changedBy: z.string(),
  html: z.string(),
  headings: z.array(Heading),
  breadcrumb: z.array(CrumbAbove),
  /** Children in the order of the tree. */
  children: z.array(Crumb),
  previous: Crumb.nullable(),
  next: Crumb.nullable(),
  linkedFrom: z.array(Crumb),
  /** Minutes at 220 words a minute, at least 1. */
  minutes: z.number().int(),
  /** The instant the next review is due; null without an interval. */
  dueAt: Instant.nullable(),
});
export type PageView = z.infer<typeof PageView>;

/** A page in a list or next to a link. */
export const PageSummary = PageMeta.extend({
  id: Ulid,
  version: z.number().int().min(1),
  revision: Ulid,
  changedAt: Instant,
  dueAt: Instant.nullable(),
});
export type PageSummary = z.infer<typeof PageSummary>;

/** Bytes of Markdown in UTF-8 that a page holds, wherever it comes from; more is refused as too large (413). */
export const longestBody = 2_000_000;
/** Bytes of a request that carries one: in JSON a byte of text takes up to six. */
export const longestPageRequest = 13 * 1024 * 1024;
/** Every body that the limit of a request lets in: what it is too long by is told by the limit above. */
const Body = z.string().max(longestPageRequest);

/** `POST /pages` and `PUT /pages/{id}` with `If-None-Match: *`. Publishes at once. */
export const PageCreate = z.strictObject({
  path: TypedPath,
  title: typed.title,
  body: Body,
  visibility: Visibility.default('internal'),
  owners: typed.owners.default([]),
  tags: typed.tags.default([]),
  place: PagePlace.default({ parent: null, order: null, exclude: false }),
  reviewEveryWeeks: z.number().int().min(1).max(520).nullable().default(null),
  reviewedAt: Instant.nullable().default(null),
  source: z.string().max(200).nullable().default(null),
  sample: z.boolean().default(false),
});
export type PageCreate = z.infer<typeof PageCreate>;

/** `PATCH /pages/{id}` with `If-Match`: JSON merge patch; a new `body` publishes a revision. A new `path` leaves a redirect behind. */
export const PagePatch = z.strictObject({
  path: TypedPath.optional(),
  title: typed.title.optional(),
  body: Body.optional(),
  status: z.enum(['published', 'archived']).optional(),
  visibility: Visibility.optional(),
  owners: typed.owners.optional(),
  tags: typed.tags.optional(),
  place: PagePlace.optional(),
  reviewEveryWeeks: z.number().int().min(1).max(520).nullable().optional(),
  reviewedAt: Instant.nullable().optional(),
  /** What the edit did, for the history. */
  message: z.string().max(300).optional(),
});
export type PagePatch = z.infer<typeof PagePatch>;

export const RevisionView = z.strictObject({
  id: Ulid,
  page: Ulid,
  title: z.string(),
  body: z.string(),
  at: Instant,
  by: z.string(),
  message: z.string(),
  origin: z.enum(['edit', 'import']),
});
export type RevisionView = z.infer<typeof RevisionView>;
export const RevisionSummary = RevisionView.omit({ body: true });

/** What one change made of a page: its text, or what it says about itself. */
export const PageChange = z.strictObject({
  /** The version that it made. */
  version: z.number().int(),
  at: Instant,
  by: z.string(),
  fields: z.array(z.enum(['text', 'title', 'path', 'place', 'status', 'visibility', 'owners', 'tags', 'review'])),
  /** The path that it moved the page away from. */
  movedFrom: z.string().nullable(),
});
export type PageChange = z.infer<typeof PageChange>;

/** A lost race: 412 whose problem document carries what is stored now, and who changed what since the version that was sent. */
export const PageConflict = z.looseObject({
  current: z.looseObject({ version: z.number().int(), revision: RevisionView, page: PageMeta, since: z.array(PageChange) }),
});

/**
 * `POST /pages/{id}/move` with `If-Match`: the page gets the address, and with `children` every page whose address lies below
 * its old one follows; old addresses lead on. `from` is the old address when a move was cut short and is sent again.
 */
export const PageMove = z.strictObject({ path: TypedPath, children: z.boolean().default(true), from: PagePath.optional() });
export const PageMoved = z.strictObject({
  path: PagePath,
  version: z.number().int(),
  /** Pages below that follow now. */
  moved: z.number().int(),
  /** Those that could not, with the reason. */
  left: z.array(z.strictObject({ id: Ulid, path: z.string(), reason: z.string() })),
});
export type PageMoved = z.infer<typeof PageMoved>;

/** `POST /pages/preview`: renders without saving; `path` decides where relative links lead. */
export const PreviewRequest = z.strictObject({ body: Body, path: PagePath.default('') });
export const PreviewPage = z.strictObject({ html: z.string(), headings: z.array(Heading) });

/**
 * `GET /tree`: what this reader may see, in order. A folder without a page of its own is a node with `id` null. Where a branch
 * was asked for, a node has the children that were sent, and `total` says how many there are.
 */
export const TreeNode: z.ZodType<TreeNodeView> = z.lazy(() =>
  z.strictObject({
    id: Ulid.nullable(),
    path: z.string(),
    title: z.string(),
    children: z.array(TreeNode),
    from: z.number().int().optional(),
    total: z.number().int().optional(),
  }),
);
export interface TreeNodeView {
  id: string | null;
  path: string;
  title: string;
  children: TreeNodeView[];
  /** Place of the first child that was sent among all. */
  from?: number | undefined;
  total?: number | undefined;
}
/** Of a node, the tree's own top where none was asked for: its children, and the way from the top to it. */
export const TreeAnswer = z.strictObject({
  items: z.array(TreeNode),
  from: z.number().int().optional(),
  total: z.number().int().optional(),
  way: z.array(z.strictObject({ id: Ulid.nullable(), path: z.string(), title: z.string() })).optional(),
});
export type TreeAnswer = z.infer<typeof TreeAnswer>;
/** Nodes of one level that are sent at once, those around the way. */
export const treeLevel = 200;
/**
 * `at`: the levels on the way to the page or folder of a path, with those below it. `below`: the children of one node, named by
 * its id, a folder by its path. Neither: the whole tree.
 */
export const TreeQuery = z.strictObject({
  at: z.string().max(2_000).optional(),
  below: z.string().max(2_000).optional(),
  from: digits(z.int().min(0).max(1_000_000)).optional(),
});
