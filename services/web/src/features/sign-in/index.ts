export { SignInForm } from './sign-in.tsx';
