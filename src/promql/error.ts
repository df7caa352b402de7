/** What can be wrong with an expression. Parser and type check say it the same way. */

/** A mistake in an expression, worded as Prometheus words it where Prometheus finds it too. */
export interface PromqlError {
  readonly message: string;
  /** Where, in UTF-16 code units; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** What could have stood there. */
  readonly expected?: string | undefined;
  /** The name that was most likely meant. */
  readonly suggestion?: string | undefined;
}

/** Line and column of an offset as Prometheus counts them: both from 1, columns in bytes of UTF-8. */
export function promqlPosition(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let column = 1;
  for (let i = 0; i < offset && i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x0a) {
      line++;
      column = 1;
    } else if (c < 0x80) column++;
    else if (c < 0x800) column += 2;
    else if (c < 0xd800 || c > 0xdfff) column += 3;
    else if (c < 0xdc00 && isLowSurrogate(text.charCodeAt(i + 1))) {
      column += 4;
      i++;
    } else column++;
  }
  return { line, column };
}

/** An error in one line, as Prometheus prints it: `1:5: parse error: unexpected end of input`. */
export function formatPromqlError(text: string, error: PromqlError): string {
  const { line, column } = promqlPosition(text, error.start);
  return `${line}:${column}: parse error: ${error.message}`;
}

function isLowSurrogate(c: number): boolean {
  return c >= 0xdc00 && c <= 0xdfff;
}
