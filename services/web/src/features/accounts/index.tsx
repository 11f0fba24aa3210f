export { AccountsScreen } from './accounts-screen.tsx';
export { MeScreen } from './me-screen.tsx';
