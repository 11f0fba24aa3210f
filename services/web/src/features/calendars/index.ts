export { BringIn } from './bring-in.tsx';
export { OwnFeeds } from './own-feeds.tsx';
export { ProjectFeed } from './project-feed.tsx';
