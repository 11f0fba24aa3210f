/** More lines than this are shown without marks: the table of the comparison would grow with their product. */
const MOST = 3_000;

/** For each line of both texts, whether the other text lacks it in this place (longest common subsequence). */
export function lineMarks(
  left: string,
  right: string,
): { left: { text: string; only: boolean }[]; right: { text: string; only: boolean }[] } {
  const a = left.split('\n');
  const b = right.split('\n');
  const common = a.length > MOST || b.length > MOST ? null : commonLines(a, b);
  return {
    left: a.map((text, at) => ({ text, only: common !== null && !common.left.has(at) })),
    right: b.map((text, at) => ({ text, only: common !== null && !common.right.has(at) })),
  };
}

function commonLines(a: readonly string[], b: readonly string[]): { left: Set<number>; right: Set<number> } {
  const width = b.length + 1;
  const length = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const below = length[(i + 1) * width + j] ?? 0;
      const beside = length[i * width + j + 1] ?? 0;
      length[i * width + j] = a[i] === b[j] ? (length[(i + 1) * width + j + 1] ?? 0) + 1 : Math.max(below, beside);
    }
  }
  const left = new Set<number>();
  const right = new Set<number>();
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      left.add(i++);
      right.add(j++);
    } else if ((length[(i + 1) * width + j] ?? 0) >= (length[i * width + j + 1] ?? 0)) i++;
    else j++;
  }
  return { left, right };
}
