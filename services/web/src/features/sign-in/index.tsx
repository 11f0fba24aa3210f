export { AcceptScreen } from './accept.tsx';
export { RecoverScreen } from './recover.tsx';
export { SignInScreen } from './sign-in.tsx';
