/** A series as a line of blocks: enough to see where it went. */

const BLOCKS = "▁▂▃▄▅▆▇█";
const WIDTH = 60;

/** `▁▁▂▃▅▇█`, one block for each stretch of time; a gap where there was nothing. NaN stands for nothing. */
export function plot(values: readonly number[], width = WIDTH): string {
  const finite = values.filter(Number.isFinite);
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  const columns = Math.min(width, values.length);
  let line = "";
  for (let i = 0; i < columns; i++) {
    const from = Math.floor((i * values.length) / columns);
    const to = Math.max(from + 1, Math.floor(((i + 1) * values.length) / columns));
    // The last value of a stretch stands for it, as it would if nobody had looked in between.
    const value = values.slice(from, to).findLast((one) => !Number.isNaN(one));
    line += value === undefined ? " " : blockOf(value, low, high);
  }
  return line;
}

function blockOf(value: number, low: number, high: number): string {
  if (value === Number.POSITIVE_INFINITY) return "█";
  if (value === Number.NEGATIVE_INFINITY) return "▁";
  const share = high === low ? 0.5 : (value - low) / (high - low);
  return BLOCKS[Math.min(BLOCKS.length - 1, Math.floor(share * BLOCKS.length))] as string;
}
