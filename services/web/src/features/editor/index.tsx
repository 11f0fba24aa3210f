export { EditScreen } from './edit-screen.tsx';
export { NewPageScreen } from './new-page-screen.tsx';
