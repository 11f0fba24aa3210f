import { z } from 'zod';
import { PageView, TreeAnswer } from '../content/pages.ts';

/** What `GET /p/…` carries in `<script type="application/json" id="sk-page-data">`, so that the app takes over without asking again. */
export const PageData = z.strictObject({
  /** The path asked for, without `/p/`. */
  path: z.string(),
  /** Null: there is no such page for this reader, or the path is a folder without a page of its own. */
  page: PageView.nullable(),
  /** The branch of the tree that leads to the path, as `GET /tree?at=` answers it. */
  tree: TreeAnswer.nullable(),
});
export type PageData = z.infer<typeof PageData>;
