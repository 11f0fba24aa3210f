export { AcceptScreen } from './accept.tsx';
export { RecoverScreen } from './recover.tsx';
export { SignInForm, SignInScreen } from './sign-in.tsx';
