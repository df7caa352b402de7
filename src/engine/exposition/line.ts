/** The parts of a line: names, labels, numbers. The two formats differ in how freely they may be spaced. */
import { METRIC_NAME } from "../../label/label-set.ts";
import { quote } from "../../promql/quote.ts";
import { type Exemplar, type ExposedSample, LineError } from "./exposition.ts";

/** How a format writes its lines. */
export interface LineFormat {
  /** Spaces and tabs may stand between tokens, and a comma behind the last label. */
  readonly loose: boolean;
  /** What a number may look like. */
  readonly number: RegExp;
  /** How many milliseconds a timestamp counts in. */
  readonly timestampUnitMs: number;
  /** What a timestamp may look like. */
  readonly timestamp: RegExp;
  readonly exemplars: boolean;
}

const METRIC = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL = /[a-zA-Z_][a-zA-Z0-9_]*/y;
const BLANKS = /[ \t]*/y;
const WORD = /[^ \t]+/y;

/** Reads a line that holds a sample. */
export function readSample(text: string, line: number, format: LineFormat): ExposedSample {
  return new LineReader(text, format).sample(line);
}

class LineReader {
  readonly #text: string;
  readonly #format: LineFormat;
  #at = 0;

  constructor(text: string, format: LineFormat) {
    this.#text = text;
    this.#format = format;
  }

  sample(line: number): ExposedSample {
    this.#blanks();
    const labels = new Map<string, string>();
    const name = this.#match(METRIC);
    if (name !== undefined) labels.set(METRIC_NAME, name);
    this.#blanks();
    if (this.#text[this.#at] === "{") this.#labels(labels, true);
    if ((labels.get(METRIC_NAME) ?? "") === "") throw new LineError(`expected the name of a metric${this.#found()}`);
    const value = this.#number("a value");
    const timestampMs = this.#timestamp();
    const exemplar = this.#format.exemplars ? this.#exemplar() : undefined;
    this.#blanks();
    if (this.#at < this.#text.length) throw new LineError(`expected the end of the line${this.#found()}`);
    return { labels: Object.fromEntries(labels), value, timestampMs, exemplar, line };
  }

  #labels(labels: Map<string, string>, mayHoldName: boolean): void {
    this.#take("{");
    for (let first = true; ; first = false) {
      this.#blanks();
      if (this.#text[this.#at] === "}" && (first || this.#format.loose)) break;
      this.#label(labels, mayHoldName);
      this.#blanks();
      if (this.#text[this.#at] !== ",") break;
      this.#at++;
    }
    this.#blanks();
    this.#take("}");
  }

  #label(labels: Map<string, string>, mayHoldName: boolean): void {
    const quoted = this.#text[this.#at] === '"';
    const name = quoted ? this.#quoted() : this.#match(LABEL);
    if (name === undefined) throw new LineError(`expected the name of a label${this.#found()}`);
    this.#blanks();
    if (quoted && mayHoldName && this.#text[this.#at] !== "=" && !labels.has(METRIC_NAME)) {
      labels.set(METRIC_NAME, name);
      return;
    }
    this.#take("=");
    this.#blanks();
    if (this.#text[this.#at] !== '"') throw new LineError(`expected the value of label ${quote(name)}${this.#found()}`);
    const value = this.#quoted();
    if (labels.has(name)) throw new LineError(`label ${quote(name)} stands there twice`);
    labels.set(name, value);
  }

  /** A text in double quotes. A backslash that escapes nothing stands for itself. */
  #quoted(): string {
    let value = "";
    for (this.#at++; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at];
      if (char === '"') {
        this.#at++;
        return value;
      }
      const next = this.#text[this.#at + 1];
      if (char === "\\" && (next === "\\" || next === '"' || next === "n")) {
        value += next === "n" ? "\n" : next;
        this.#at++;
      } else value += char;
    }
    throw new LineError("a quote is not closed");
  }

  #number(what: string): number {
    this.#space(what);
    const word = this.#match(WORD) ?? "";
    const value = this.#format.number.test(word) ? toNumber(word) : undefined;
    if (value === undefined) throw new LineError(`expected ${what}, got ${quote(word)}`);
    return value;
  }

  #timestamp(): number | undefined {
    const { loose, timestamp, timestampUnitMs } = this.#format;
    const next = /^[ \t]+([^ \t#][^ \t]*)/.exec(this.#text.slice(this.#at));
    if (next === null) return undefined;
    const [all, word = ""] = next;
    if (!timestamp.test(word) || (!loose && all.length !== word.length + 1)) {
      throw new LineError(`expected a timestamp, got ${quote(word)}`);
    }
    this.#at += all.length;
    return Math.round(Number(word) * timestampUnitMs);
  }

  #exemplar(): Exemplar | undefined {
    if (!this.#text.startsWith(" #", this.#at)) return undefined;
    this.#at += 1;
    this.#take("#");
    this.#space("an exemplar");
    const labels = new Map<string, string>();
    this.#labels(labels, false);
    let length = 0;
    for (const [name, value] of labels) length += [...name].length + [...value].length;
    if (length > 128)
      throw new LineError(`the labels of an exemplar may have 128 characters, and these have ${length}`);
    const value = this.#number("the value of an exemplar");
    return { labels: Object.fromEntries(labels), value, timestampMs: this.#timestamp() };
  }

  /** The space in front of a token: in OpenMetrics exactly one. */
  #space(before: string): void {
    if (this.#format.loose) this.#blanks();
    else if (this.#text[this.#at] === " ") this.#at++;
    else throw new LineError(`expected a space in front of ${before}${this.#found()}`);
  }

  #blanks(): void {
    if (this.#format.loose) this.#match(BLANKS);
  }

  #take(char: string): void {
    if (this.#text[this.#at] !== char) throw new LineError(`expected ${quote(char)}${this.#found()}`);
    this.#at++;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #found(): string {
    const rest = this.#text.slice(this.#at, this.#at + 20);
    return rest === "" ? ", got the end of the line" : `, got ${quote(rest)}`;
  }
}

function toNumber(word: string): number {
  const [, sign, size = ""] = /^([+-]?)(.*)$/.exec(word.toLowerCase()) ?? [];
  const value = size.startsWith("inf") ? Number.POSITIVE_INFINITY : size === "nan" ? Number.NaN : Number(size);
  return sign === "-" ? -value : value;
}
