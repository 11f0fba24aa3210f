import type { ImportView, Me, PageView, SearchAnswer, SearchHit } from '@sidekick/contracts';
import { idOf } from './portal.ts';

const instant = '2026-11-27T09:00:00.000Z';

export const aMe = (over: Partial<Me> = {}): Me => ({
  account: idOf(800),
  name: 'Helena Prado',
  email: 'helena@example.org',
  roles: ['manager'],
  person: null,
  sample: false,
  ...over,
});

export const aPage = (over: Partial<PageView> = {}): PageView => ({
  path: 'data/migrations',
  title: 'Migrations',
  status: 'published',
  visibility: 'internal',
  owners: [],
  tags: [],
  source: null,
  place: { parent: null, order: null, exclude: false },
  searchExclude: false,
  reviewEveryWeeks: null,
  reviewedAt: null,
  sample: false,
  id: idOf(1),
  version: 3,
  revision: idOf(100),
  createdAt: instant,
  changedAt: instant,
  changedBy: 'Ana Duarte',
  html: '<p>Change a live table in steps.</p>',
  headings: [],
  breadcrumb: [],
  children: [],
  previous: null,
  next: null,
  linkedFrom: [],
  minutes: 1,
  dueAt: null,
  ...over,
});

export const aRevision = (body: string, over: object = {}) => ({
  id: idOf(100),
  page: idOf(1),
  title: 'Migrations',
  body,
  at: instant,
  by: 'Noor Haddad',
  message: '',
  origin: 'edit',
  ...over,
});

export const anImport = (over: Partial<ImportView> = {}, report: Partial<ImportView['report']> = {}): ImportView => ({
  id: idOf(700),
  source: 'handbook',
  into: 'handbook',
  state: 'done',
  done: 228,
  total: 228,
  startedAt: instant,
  runsSince: instant,
  endedAt: '2026-11-27T09:00:07.200Z',
  by: 'Helena Prado',
  error: null,
  rows: [],
  ...over,
  report: {
    source: 'handbook',
    created: 0,
    updated: 0,
    unchanged: 0,
    moved: 0,
    archived: 0,
    merged: 0,
    kept: [],
    failed: [],
    missing: [],
    attachments: 0,
    waitingToArchive: [],
    drafts: [],
    leftOut: [],
    outside: [],
    nearest: [],
    unknown: [],
    sourceVersions: [],
    ...report,
  },
});

const words = (text: string) => [{ text, hit: false }];
export const aSection = (title: string, anchor = ''): SearchHit => ({
  type: 'section',
  id: idOf(1),
  path: 'data/migrations',
  anchor,
  title: words(title),
  trail: ['Data'],
  snippet: [{ text: title, hit: true }],
  more: [],
  score: 1,
});
export const aPersonHit = (name: string): SearchHit => ({
  type: 'person',
  id: idOf(900),
  title: words(name),
  snippet: words('Postgres 4'),
  score: 1,
});

export const anAnswer = (items: SearchAnswer['items'], over: Partial<SearchAnswer> = {}): SearchAnswer => ({
  items,
  nextCursor: null,
  total: items.length,
  counts: {
    section: items.filter(({ type }) => type === 'section').length,
    person: items.filter(({ type }) => type === 'person').length,
    project: 0,
  },
  corrections: [],
  notes: [],
  took: 3,
  ...over,
});
