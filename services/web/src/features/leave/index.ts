export { LeaveForm } from './leave-form.tsx';
export { amountText, answerWords, lengthText, mayOpen } from './leave-words.ts';
