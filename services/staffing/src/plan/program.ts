/** A mixed-integer program in sparse rows; what solves it knows nothing of plans. */
export interface Program {
  readonly sense: 'max' | 'min';
  readonly cost: number[];
  readonly lower: number[];
  readonly upper: number[];
  readonly integer: boolean[];
  readonly rowLower: number[];
  readonly rowUpper: number[];
  /** Where each row begins in `indices` and `values`; one more than there are rows. */
  readonly starts: number[];
  readonly indices: number[];
  readonly values: number[];
  /** The objective of every solution in whole numbers is a multiple of this; 0: nothing is known of it. */
  step: number;
}

export const emptyProgram = (sense: Program['sense'], step: number): Program => ({
  ...{ sense, step, cost: [], lower: [], upper: [], integer: [], rowLower: [], rowUpper: [], starts: [0], indices: [], values: [] },
});

/** Adds a column and answers its number. */
export function addColumn(program: Program, cost: number, upper: number, integer: boolean, lower = 0): number {
  program.cost.push(cost);
  program.lower.push(lower);
  program.upper.push(upper);
  program.integer.push(integer);
  return program.cost.length - 1;
}

/** Adds lower ≤ Σ value × column ≤ upper. */
export function addRow(program: Program, lower: number, upper: number, entries: Iterable<readonly [column: number, value: number]>): void {
  for (const [column, value] of entries) {
    program.indices.push(column);
    program.values.push(value);
  }
  program.starts.push(program.indices.length);
  program.rowLower.push(lower);
  program.rowUpper.push(upper);
}

/** Adds Σ columns ≤ upper. */
export function addAtMost(program: Program, columns: readonly number[], upper: number): void {
  addRow(
    program,
    Number.NEGATIVE_INFINITY,
    upper,
    columns.map((column) => [column, 1]),
  );
}

/** The objective of whole numbers near these values. */
export const objectiveOf = ({ cost }: Program, values: ArrayLike<number>): number =>
  cost.reduce((total, own, at) => total + own * Math.round(values[at] ?? 0), 0);
