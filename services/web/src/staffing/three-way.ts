/**
 * One field of a form, as it is typed (`T`), and the fields of the record that it stands for. Merging knows nothing else of a form.
 */
export interface FormField<D> {
  readonly key: string;
  readonly label: string;
  /** Dotted paths into the record's body, e.g. `private.name`. */
  readonly paths: readonly string[];
  /** What is compared; `key` of a line of a list is left out. */
  readonly of: (draft: D) => unknown;
  /** The value in words, to be read side by side. */
  readonly words: (draft: D) => string;
  readonly take: (from: D) => Partial<D>;
  /** A list that is merged line by line: what makes two lines the same. */
  readonly lineKey?: (line: never) => string;
  readonly withLines?: (lines: never[]) => Partial<D>;
}

export interface Merged<D> {
  /** The form over the newest record: own changes, and everything else as it stands now. Where both changed, the own value. */
  readonly fields: D;
  /** Changed by somebody else alone. */
  readonly theirs: readonly FormField<D>[];
  /** Changed on both sides, to different values. */
  readonly conflicts: readonly FormField<D>[];
}

/** A value as it is compared: without the keys that lists are drawn by. */
export const comparable = (value: unknown): string =>
  JSON.stringify(value, (name, inner: unknown) => (name === 'key' ? undefined : inner)) ?? '';
const sameValue = (a: unknown, b: unknown): boolean => comparable(a) === comparable(b);

/** Fields whose typed value is not the one that was shown when the form was loaded. */
export const touched = <D>(fields: readonly FormField<D>[], shown: D, typed: D): FormField<D>[] =>
  fields.filter((field) => !sameValue(field.of(shown), field.of(typed)));

/**
 * Field by field: what was loaded, what is typed, what stands now. A change on one side alone is taken, the same change on both sides
 * is one change, two different ones are a conflict. Lists with a `lineKey` are merged line by line first. `alike` says of a field
 * that both texts mean the same, such as `6,5` and `6.5`.
 */
export function mergeFields<D extends object>(
  fields: readonly FormField<D>[],
  shown: D,
  typed: D,
  newest: D,
  alike: (field: FormField<D>) => boolean = () => false,
): Merged<D> {
  let merged: D = { ...typed };
  const theirs: FormField<D>[] = [];
  const conflicts: FormField<D>[] = [];
  for (const field of fields) {
    const [base, mine, now] = [field.of(shown), field.of(typed), field.of(newest)];
    if (sameValue(base, now) || sameValue(mine, now)) continue;
    if (sameValue(base, mine)) {
      merged = { ...merged, ...field.take(newest) };
      theirs.push(field);
      continue;
    }
    if (alike(field)) continue;
    const lines = field.lineKey && field.withLines ? mergeLines(base, mine, now, field.lineKey as (line: unknown) => string) : null;
    if (lines === null) conflicts.push(field);
    else {
      merged = { ...merged, ...(field.withLines as (lines: unknown[]) => Partial<D>)(lines) };
      theirs.push(field);
    }
  }
  return { fields: merged, theirs, conflicts };
}

/** Lines in the own order, those that somebody else added behind them; null where one line was changed on both sides, or is named twice. */
function mergeLines(base: unknown, mine: unknown, now: unknown, keyOf: (line: unknown) => string): unknown[] | null {
  const [before, own, other] = [byKey(base, keyOf), byKey(mine, keyOf), byKey(now, keyOf)];
  if (!before || !own || !other) return null;
  const lines: unknown[] = [];
  for (const [key, line] of own) {
    const [was, is] = [before.get(key), other.get(key)];
    if (is !== undefined && sameValue(is, line)) lines.push(line);
    else if (sameValue(was, is)) lines.push(line);
    else if (!sameValue(was, line)) return null;
    else if (is !== undefined) lines.push(is);
  }
  for (const [key, line] of other) {
    if (own.has(key)) continue;
    if (!before.has(key)) lines.push(line);
    else if (!sameValue(before.get(key), line)) return null;
  }
  return lines;
}

function byKey(list: unknown, keyOf: (line: unknown) => string): Map<string, unknown> | null {
  if (!Array.isArray(list)) return null;
  const map = new Map<string, unknown>();
  for (const line of list) {
    if (map.has(keyOf(line))) return null;
    map.set(keyOf(line), line);
  }
  return map;
}

type Json = Record<string, unknown>;
const isPlain = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a record holds at all paths of a field what the form says there. */
export const saysSame = <D>({ paths }: FormField<D>, body: Json, record: Json): boolean =>
  paths.every((path) => sameJson(at(body, path.split('.')), at(record, path.split('.'))));

/** A JSON merge patch (RFC 7396) of the paths of these fields, from the record as it stands to what the form says. */
export function patchOf<D>(fields: readonly FormField<D>[], body: Json, record: Json): Json {
  const patch: Json = {};
  for (const path of fields.flatMap(({ paths }) => paths)) {
    const names = path.split('.');
    const change = difference(at(body, names), at(record, names));
    if (change !== undefined) put(patch, names, change);
  }
  return patch;
}

const at = (object: unknown, names: readonly string[]): unknown =>
  names.reduce<unknown>((inner, name) => (isPlain(inner) ? inner[name] : undefined), object);

/** Undefined when nothing differs. Keys that are gone are null: an amount in hours has no portion any more. */
function difference(next: unknown, before: unknown): unknown {
  if (next === undefined || sameJson(next, before)) return undefined;
  if (!isPlain(next) || !isPlain(before)) return next;
  const gone = Object.fromEntries(
    Object.keys(before)
      .filter((key) => !(key in next))
      .map((key) => [key, null]),
  );
  return { ...gone, ...next };
}

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function put(patch: Json, names: readonly string[], value: unknown): void {
  const [name = '', ...rest] = names;
  if (rest.length === 0) {
    patch[name] = value;
    return;
  }
  patch[name] ??= {};
  put(patch[name] as Json, rest, value);
}

/** A field that is one key of the draft. */
export function fieldOf<D extends object, K extends keyof D & string>(
  key: K,
  label: string,
  paths: readonly string[],
  words: (value: D[K], draft: D) => string = (value) => (String(value) === '' ? 'nothing' : String(value)),
): FormField<D> {
  return {
    key,
    label,
    paths,
    of: (draft) => draft[key],
    words: (draft) => words(draft[key], draft),
    take: (from) => ({ [key]: from[key] }) as unknown as Partial<D>,
  };
}

/** A list whose lines are merged one by one. */
export const linesOf = <D extends object, K extends keyof D & string, L>(
  key: K,
  label: string,
  paths: readonly string[],
  lineKey: (line: L) => string,
  words: (lines: readonly L[]) => string,
): FormField<D> => ({
  ...fieldOf<D, K>(key, label, paths, (lines) => words(lines as unknown as readonly L[])),
  lineKey: lineKey as (line: never) => string,
  withLines: (lines) => ({ [key]: lines }) as unknown as Partial<D>,
});
