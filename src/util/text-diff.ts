/**
 * The lines in which two texts differ, as `diff -u` shows them.
 *
 * E. W. Myers, An O(ND) Difference Algorithm and Its Variations, 1986; format:
 * https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html
 */

interface Edit {
  readonly sign: " " | "-" | "+";
  readonly line: string;
}

/** Unchanged lines around each change. */
const CONTEXT = 3;

/** More differences than this are shown as the one text going and the other coming: no one reads them in pairs. */
const MOST_DIFFERENCES = 2_000;

/** The hunks that lead from `before` to `after`, each line with its sign; empty for equal texts. */
export function unifiedDiff(before: string, after: string): readonly string[] {
  if (before === after) return [];
  const edits = diffLines(linesOf(before), linesOf(after));
  const rows: string[] = [];
  for (const [from, to] of hunksOf(edits)) rows.push(headOf(edits, from, to), ...edits.slice(from, to).map(rowOf));
  return rows;
}

const NO_NEWLINE = "\\ No newline at end of file";

/** The lines with their ends, so that a missing last one shows. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function rowOf({ sign, line }: Edit): string {
  return line.endsWith("\n") ? sign + line.slice(0, -1) : `${sign}${line}\n${NO_NEWLINE}`;
}

function headOf(edits: readonly Edit[], from: number, to: number): string {
  const range = (other: "-" | "+") => {
    const start = edits.slice(0, from).filter(({ sign }) => sign !== other).length;
    const { length } = edits.slice(from, to).filter(({ sign }) => sign !== other);
    return `${length === 0 ? start : start + 1}${length === 1 ? "" : `,${length}`}`;
  };
  return `@@ -${range("+")} +${range("-")} @@`;
}

/** The stretches of edits to be shown: changes with their context, joined where they meet. */
function hunksOf(edits: readonly Edit[]): readonly (readonly [number, number])[] {
  const hunks: [number, number][] = [];
  edits.forEach(({ sign }, i) => {
    if (sign === " ") return;
    const last = hunks.at(-1);
    const [from, to] = [Math.max(0, i - CONTEXT), Math.min(edits.length, i + 1 + CONTEXT)];
    if (last !== undefined && from <= last[1]) last[1] = to;
    else hunks.push([from, to]);
  });
  return hunks;
}

function diffLines(a: readonly string[], b: readonly string[]): readonly Edit[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const same = (line: string): Edit => ({ sign: " ", line });
  return [
    ...a.slice(0, start).map(same),
    ...shortestEdit(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map(same),
  ];
}

function shortestEdit(a: readonly string[], b: readonly string[]): readonly Edit[] {
  const most = Math.min(a.length + b.length, MOST_DIFFERENCES);
  // furthest[most + k]: how far into `a` a path of d differences gets on the diagonal k.
  const furthest = new Int32Array(2 * most + 2);
  const trace: Int32Array[] = [];
  for (let d = 0; d <= most; d++) {
    trace.push(furthest.slice(most - d, most + d + 2));
    for (let k = -d; k <= d; k += 2) {
      let x = stepsDown(furthest, most, k, d) ? at(furthest, most + k + 1) : at(furthest, most + k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      furthest[most + k] = x;
      if (x >= a.length && x - k >= b.length) return walkBack(a, b, trace);
    }
  }
  return [...a.map((line): Edit => ({ sign: "-", line })), ...b.map((line): Edit => ({ sign: "+", line }))];
}

/** Follows the paths back from the end of both texts. */
function walkBack(a: readonly string[], b: readonly string[], trace: readonly Int32Array[]): readonly Edit[] {
  const edits: Edit[] = [];
  let [x, y] = [a.length, b.length];
  for (let d = trace.length - 1; d >= 0; d--) {
    const furthest = trace[d] ?? new Int32Array();
    const k = x - y;
    const down = stepsDown(furthest, d, k, d);
    const before = d === 0 ? 0 : down ? at(furthest, d + k + 1) : at(furthest, d + k - 1);
    const beforeY = d === 0 ? 0 : before - (down ? k + 1 : k - 1);
    while (x > before && y > beforeY && x > 0 && y > 0 && a[x - 1] === b[y - 1]) {
      edits.push({ sign: " ", line: a[--x] ?? "" });
      y--;
    }
    if (d === 0) break;
    if (down) edits.push({ sign: "+", line: b[--y] ?? "" });
    else edits.push({ sign: "-", line: a[--x] ?? "" });
  }
  return edits.reverse();
}

/** Whether the best path to the diagonal `k` comes from above it, by adding a line of `b`. */
function stepsDown(furthest: Int32Array, middle: number, k: number, d: number): boolean {
  return k === -d || (k !== d && at(furthest, middle + k - 1) < at(furthest, middle + k + 1));
}

function at(numbers: Int32Array, index: number): number {
  return numbers[index] ?? 0;
}
