/** Where a line and a column of a TypeScript file stand in its text. */

/** What ends a line in ECMAScript, and so in esbuild's positions, V8's stacks and source maps. */
const LINE_END = /\r\n|[\n\r\u2028\u2029]/g;

/** The UTF-16 offset of a line (from 1) and a column (from 0), kept within the text. */
export function offsetOf(source: string, line: number, column: number): number {
  LINE_END.lastIndex = 0;
  let start = 0;
  for (let i = 1; i < line && LINE_END.exec(source) !== null; i++) start = LINE_END.lastIndex;
  return Math.min(start + column, source.length);
}

/** The UTF-16 offset of a line (from 1) and a column counted in UTF-8 bytes (from 0), as esbuild counts. */
export function offsetOfBytes(source: string, line: number, bytes: number): number {
  let offset = offsetOf(source, line, 0);
  for (let left = bytes; left > 0 && offset < source.length; ) {
    const point = source.codePointAt(offset) ?? 0;
    left -= point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    offset += point < 0x10000 ? 1 : 2;
  }
  return offset;
}

/** The end of the name or member path, such as `catalog.metrics`, that starts at `start`; at least one character on. */
export function wordEnd(source: string, start: number): number {
  const word = /[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*/uy;
  word.lastIndex = start;
  const match = word.exec(source);
  return Math.min(start + (match?.[0].length ?? 1), source.length);
}
