import type { Pages } from '../pages/pages.ts';
import type { Revisions } from '../revisions/revisions.ts';
import type { RemoteImages } from './remote-images.ts';

/** What serving pages works on. */
export interface ServingContent extends Pages, Revisions {
  images: RemoteImages;
}
