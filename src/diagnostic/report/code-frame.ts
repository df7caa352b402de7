/** Shows a stretch of a text in its lines, with the stretch marked. */
import { displayWidth, printable } from "../../util/display-width.ts";
import { lineAndColumn, type Place } from "../diagnostic.ts";

export interface FrameStyle {
  /** Styles line numbers and the rule beside them. */
  readonly gutter: (text: string) => string;
  readonly mark: (text: string) => string;
  /** The columns that there are. */
  readonly width: number;
}

/** The marked line with the lines around it; nothing where the place is a whole empty text. */
export function codeFrame({ source, start, end }: Place, { gutter, mark, width }: FrameStyle): string {
  if (source.trim() === "") return "";
  const { line, column } = lineAndColumn(source, start);
  const lines = source.split("\n").map((text) => text.replace(/\r$/, ""));
  const text = lines[line - 1] ?? "";
  const marked = text.slice(column - 1, column - 1 + Math.max(0, end - start));
  const digits = String(line + 1).length;
  const room = Math.max(20, width - digits - 5);
  const before = printable(text.slice(0, column - 1));
  const cut = cutOff(displayWidth(before), displayWidth(printable(marked)), room);

  const rows: string[] = [];
  const row = (number: string, content: string) =>
    rows.push(`  ${gutter(`${number.padStart(digits)} │`)}${content === "" ? "" : ` ${content}`}`);
  const near = (number: number) => {
    const other = lines[number - 1];
    if (other !== undefined && other.trim() !== "") row(String(number), crop(printable(other), cut, room));
  };
  near(line - 1);
  row(String(line), crop(printable(text), cut, room));
  const indent = " ".repeat(Math.max(0, displayWidth(before) - cut));
  const carets = Math.max(1, Math.min(displayWidth(printable(marked)), room - indent.length));
  row("", indent + mark("^".repeat(carets)));
  near(line + 1);
  return rows.join("\n");
}

/** How many cells to leave out on the left so that the mark is in sight. */
function cutOff(before: number, marked: number, room: number): number {
  if (before + Math.min(marked, room) <= room) return 0;
  return Math.max(0, before - Math.floor(room / 4));
}

/** The `room` cells of a text behind the first `cut`, with dots where something is missing. */
function crop(text: string, cut: number, room: number): string {
  let width = 0;
  let shown = "";
  let isCut = false;
  for (const character of text) {
    const cells = displayWidth(character);
    if (width >= cut && width + cells <= cut + room) shown += character;
    else if (width >= cut) isCut = true;
    width += cells;
  }
  if (cut > 0 && shown !== "") shown = `…${shown.slice(1)}`;
  return isCut ? `${shown.slice(0, -1)}…` : shown;
}
