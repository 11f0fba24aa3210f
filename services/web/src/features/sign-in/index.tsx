export { AcceptScreen } from './accept.tsx';
export { SignInScreen } from './sign-in.tsx';
