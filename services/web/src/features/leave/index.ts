export { LeaveForm } from './leave-form.tsx';
export { amountText, lengthText, mayOpen } from './leave-words.ts';
