/** What a tab keeps of staffing and how it follows the log, for tests that hold it against the part itself. */
export { QueryObserver } from '@tanstack/react-query';
export { ask, bodyOf } from './api/ask.ts';
export { makeQueryClient } from './app/query.ts';
export { makeFollowing, Written } from './staffing/following.ts';
export { changesQuery, lists, timelineGoingOn, timelineQuery } from './staffing/held.ts';
