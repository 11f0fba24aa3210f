/** The layer that takes a program and gives values, a bound and what is proven; it knows nothing of plans. */
export { solveProgram } from './mip.ts';
export { addAtMost, addColumn, addRow, emptyProgram, type Program } from './program.ts';
