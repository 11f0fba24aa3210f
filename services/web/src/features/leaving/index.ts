export { LeavingForm } from './leaving-form.tsx';
