export { AcceptScreen } from './accept.tsx';
export { SignInForm, SignInScreen } from './sign-in.tsx';
