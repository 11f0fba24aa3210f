export { type ScreenViews, ViewNotice, ViewsMenu } from './views-menu.tsx';
