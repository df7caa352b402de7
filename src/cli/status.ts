/** One line on the terminal that says what a command is about. */
import { type Io, isInteractive } from "./io.ts";

export interface Status {
  /** Shows what is being done, in place of what was. */
  show(text: string): void;
  /** Takes the line away, so that something else can be printed. */
  clear(): void;
}

/** A status line for someone who watches; for all others it is silent. */
export function createStatus(io: Io): Status {
  if (!isInteractive(io)) return { show() {}, clear() {} };
  const { stderr } = io;
  let isShown = false;
  const clear = () => {
    if (isShown) stderr.write("\r\u001b[2K");
    isShown = false;
  };
  return {
    show(text) {
      clear();
      stderr.write(text.slice(0, (stderr.columns ?? 80) - 1));
      isShown = true;
    },
    clear,
  };
}
