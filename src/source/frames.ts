/** Reads the frames of a V8 stack: https://v8.dev/docs/stack-trace-api#appendix-stack-trace-format */
import { fileURLToPath } from "node:url";

/** A call on the stack; line and column count from 1. */
export interface Frame {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** The frames of a stack, innermost first, those `isWanted` by the path of their file. */
export function framesOf(stack: string, isWanted: (path: string) => boolean): readonly Frame[] {
  const frames: Frame[] = [];
  for (const text of stack.split("\n")) {
    const [, where = "", line, column] = /^\s*at (.*?):(\d+):(\d+)\)?$/.exec(text) ?? [];
    const path = namedFile(where, isWanted);
    if (path !== undefined) frames.push({ path, line: Number(line), column: Number(column) });
  }
  return frames;
}

/** The stack of an error without the error's own text, which may hold lines that look like frames. */
export function stackWithoutMessage(error: Error): string {
  const stack = String(error.stack ?? "");
  const message = String(error.message);
  const at = stack.indexOf(message);
  return at === -1 ? stack : stack.slice(at + message.length);
}

/** `where` is a file, or a function and ` (` and a file; both may hold ` (` themselves. */
function namedFile(where: string, isWanted: (path: string) => boolean): string | undefined {
  for (let start = 0; start !== -1; ) {
    const path = asPath(where.slice(start));
    if (path !== undefined && isWanted(path)) return path;
    const next = where.indexOf(" (", start);
    start = next === -1 ? -1 : next + 2;
  }
  return undefined;
}

function asPath(name: string): string | undefined {
  if (!name.startsWith("file:")) return name;
  try {
    return fileURLToPath(name);
  } catch {
    return undefined;
  }
}
