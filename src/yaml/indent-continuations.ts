/**
 * Indents the lines on which a flow collection or a quoted text goes on. Go's yaml.v2 does not care how far they are
 * indented, and people close a bracket in the first column; the library that parses here wants them indented.
 */

export interface Indented {
  readonly text: string;
  /** The offset in the original that an offset in the new text stands for. */
  readonly original: (offset: number) => number;
}

const INDENT = 40;

/** Gives the text with its continuation lines indented further. What they mean does not change. */
export function indentContinuations(source: string): Indented {
  const starts = continuationLines(source);
  let text = "";
  let last = 0;
  for (const start of starts) {
    text += source.slice(last, start) + " ".repeat(INDENT);
    last = start;
  }
  text += source.slice(last);
  const original = (offset: number) => {
    let shift = 0;
    for (const start of starts) {
      if (start + shift >= offset) break;
      shift = Math.min(shift + INDENT, offset - start);
    }
    return offset - shift;
  };
  return { text, original };
}

/** The offsets at which lines begin that continue something. */
function continuationLines(source: string): readonly number[] {
  const starts: number[] = [];
  let depth = 0;
  let quoted = "";
  let block: number | undefined;
  let at = 0;
  for (const line of source.split("\n")) {
    const indent = line.length - line.trimStart().length;
    if (block !== undefined && (indent > block || line.trim() === "")) {
      at += line.length + 1;
      continue;
    }
    block = undefined;
    if ((depth > 0 || quoted !== "") && line.trim() !== "") starts.push(at);
    let before = " ";
    for (let i = 0; i < line.length; i++) {
      const char = line[i] as string;
      if (quoted === '"' && char === "\\") i++;
      else if (quoted !== "") {
        if (char === quoted) quoted = "";
      } else if (char === "#" && /\s/.test(before)) break;
      else if ((char === '"' || char === "'") && /[\s[{,:]/.test(before)) quoted = char;
      else if (char === "[" || char === "{") {
        if (depth > 0 || /[\s[{,]/.test(before)) depth++;
      } else if ((char === "]" || char === "}") && depth > 0) depth--;
      before = char;
    }
    if (depth === 0 && quoted === "" && /(?:^|[\s:-])[|>][-+0-9]*\s*(?:#.*)?$/.test(line)) block = indent;
    at += line.length + 1;
  }
  return starts;
}
