import highsModule, { type Highs, type Model } from 'highs';
import type { Program } from './program.ts';

/** The types of highs 1.15.3 describe its CommonJS file; what is imported is the function itself. */
const load = highsModule as unknown as typeof highsModule.default;

let loaded: Promise<Highs> | undefined;
/** The solver of this process. What it does not give back of its memory ends with the process. */
export function solver(): Promise<Highs> {
  loaded ??= load();
  return loaded;
}

export interface MipLimits {
  /** Seconds by the clock. */
  readonly seconds: number;
  /** Values of a plan to begin with, for every column. */
  readonly start?: ArrayLike<number> | undefined;
  /** Ends as soon as a solution is at least as good as this. */
  readonly enough?: number | undefined;
  /** Ends as soon as it is shown that no solution is as good as this. */
  readonly wanted?: number | undefined;
  /** Told at every better solution, and now and then between them. */
  readonly onProgress?: ((best: number | null, bound: number | null, values: Float64Array | null) => void) | undefined;
}

export interface MipAnswer {
  /** `optimal` and `infeasible` are proven; `limit`: the time was up, or enough was known. */
  readonly status: 'optimal' | 'infeasible' | 'limit';
  /** The best values found, or null. */
  readonly values: Float64Array | null;
  /** No solution is better than this. */
  readonly bound: number;
}

/** Numbers this near are equal: ten times what HiGHS takes for feasible. */
const near = 1e-5;

function modelOf(highs: Highs, program: Program): Model {
  const { objectiveSense } = highs.constants;
  const numCols = program.cost.length;
  const numRows = program.rowLower.length;
  return highs.createModel({
    ...{ numCols, numRows },
    sense: program.sense === 'max' ? objectiveSense.maximize : objectiveSense.minimize,
    colCost: Float64Array.from(program.cost),
    colLower: Float64Array.from(program.lower),
    colUpper: Float64Array.from(program.upper),
    rowLower: Float64Array.from(program.rowLower),
    rowUpper: Float64Array.from(program.rowUpper),
    integrality: Int32Array.from(program.integer, Number),
    matrix: {
      ...{ format: 'csr', numRows, numCols },
      starts: Int32Array.from(program.starts),
      indices: Int32Array.from(program.indices),
      values: Float64Array.from(program.values),
    },
  });
}

/** The best that is still possible by a bound, given that values come in steps. */
export function steppedBound(sense: Program['sense'], bound: number, step: number): number {
  if (step === 0 || !Number.isFinite(bound)) return bound;
  const steps = sense === 'max' ? Math.floor(bound / step + near) : Math.ceil(bound / step - near);
  return steps * step;
}

/** HiGHS takes no program without columns: all its sums are 0. */
function withoutColumns({ sense, rowLower, rowUpper }: Program): MipAnswer {
  const holds = rowLower.every((lower) => lower <= 0) && rowUpper.every((upper) => upper >= 0);
  if (holds) return { status: 'optimal', values: new Float64Array(0), bound: 0 };
  return { status: 'infeasible', values: null, bound: sense === 'max' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY };
}

/**
 * Solves a program with HiGHS, one thread, fixed seed: without a limit of time reached, the same program has the same answer. The caller
 * judges `values` itself: HiGHS takes for feasible and for whole what lies within 1e-6 of it.
 */
export async function solveProgram(program: Program, limits: MipLimits): Promise<MipAnswer> {
  if (program.cost.length === 0) return withoutColumns(program);
  const highs = await solver();
  const model = modelOf(highs, program);
  const { callbackType, modelStatus } = highs.constants;
  const better = program.sense === 'max' ? 1 : -1;
  let best: Float64Array | null = null;
  let bestValue: number | null = null;
  let bound = better * Number.POSITIVE_INFINITY;
  const notice = (told: unknown) => {
    if (typeof told === 'number' && Number.isFinite(told) && better * told < better * bound) bound = told;
  };
  try {
    model.options.set({
      ...{ output_flag: false, random_seed: 0, time_limit: Math.max(0.01, limits.seconds) },
      ...{ mip_rel_gap: 0, mip_abs_gap: program.step === 0 ? 1e-6 : program.step * 0.99 },
    });
    if (limits.start) model.setSolution({ colValue: Float64Array.from(limits.start) });
    model.run({
      [callbackType.mipImprovingSolution](event) {
        const { mip_solution: values, objective_function_value: value } = event.data;
        if (!values || value === undefined) return;
        best = Float64Array.from(values);
        bestValue = value;
        limits.onProgress?.(value, Number.isFinite(bound) ? bound : null, best);
      },
      [callbackType.mipLogging](event) {
        notice(event.data.mip_dual_bound);
        limits.onProgress?.(bestValue, Number.isFinite(bound) ? bound : null, null);
      },
      [callbackType.mipInterrupt](event) {
        notice(event.data.mip_dual_bound);
        const { enough, wanted } = limits;
        const found = enough !== undefined && bestValue !== null && better * bestValue >= better * enough - near;
        const lost = wanted !== undefined && better * bound < better * wanted - near;
        if (found || lost) event.interrupt();
      },
    });
    const status = model.getModelStatus();
    if (status === modelStatus.infeasible) return { status: 'infeasible', values: null, bound: -better * Number.POSITIVE_INFINITY };
    if (status === modelStatus.optimal) {
      const values = Float64Array.from(model.getSolution().colValue);
      return { status: 'optimal', values, bound: Number(model.info.get('mip_dual_bound')) };
    }
    const known = [
      modelStatus.timeLimit,
      modelStatus.interrupted,
      modelStatus.objectiveBound,
      modelStatus.objectiveTarget,
      modelStatus.solutionLimit,
    ];
    if (!known.some((one) => one === status)) throw new Error(`The solver ended with status ${status}`);
    notice(Number(model.info.get('mip_dual_bound')));
    return { status: 'limit', values: best, bound };
  } finally {
    model.dispose();
  }
}
