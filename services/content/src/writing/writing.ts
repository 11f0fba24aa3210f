import type { Attachments } from '../attachments/file.ts';
import type { Rendering } from '../rendering/rendering.ts';
import type { ServingContent } from '../serving/serving.ts';
import type { Sources } from '../sources/sources.ts';

/** What writing pages works on: a write answers the page as it is served. */
export interface WritingContent extends ServingContent, Attachments, Sources {
  rendering: Rendering;
}
