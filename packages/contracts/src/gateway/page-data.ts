import { z } from 'zod';
import { PageView, TreeNode } from '../content/pages.ts';

/** What `GET /p/…` carries in `<script type="application/json" id="sk-page-data">`, so that the app takes over without asking again. */
export const PageData = z.strictObject({
  /** The path asked for, without `/p/`. */
  path: z.string(),
  /** Null: there is no such page for this reader, or the path is a folder without a page of its own. */
  page: PageView.nullable(),
  /** Null: the tree is too large to send along, fetch it. */
  tree: z.array(TreeNode).nullable(),
});
export type PageData = z.infer<typeof PageData>;
