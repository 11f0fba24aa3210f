import { idOf } from './portal.ts';

export const ana = idOf(1);
export const noor = idOf(2);
export const jonas = idOf(3);
export const atlas = idOf(11);
