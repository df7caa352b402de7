/** Reads the samples in the notation of series. Spaces count: one stands between any two samples, and none within one. */
import type { PromqlError } from "../error.ts";
import { readNumber } from "../parse/number.ts";
import { quote, quoteCharacter } from "../quote.ts";
import type { CounterResetHint, HistogramDescription, SeriesItem } from "./series.ts";

/** Numbers as the notation has them: no hexadecimal, because `0x5` repeats a zero. `Inf` and `NaN` are words: `Infx5` is another. */
const NUMBER =
  /(?:[+-]?)(?:(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?|(?:[iI][nN][fF]|[nN][aA][nN])(?![\w:]))(?![A-WYZa-wyz\d_.])/y;
const REPETITION = /\d[\d_.eE+-]*/y;
const WORD = /[A-Za-z_][\w:]*/y;
const SPACES = /[ \t\r\n]+/y;
const WHOLE = /-?\d+/y;

const HINTS: readonly string[] = ["unknown", "reset", "not_reset", "gauge"] satisfies CounterResetHint[];

/** The keys of a histogram, and how each one's value is written. */
const KEYS: Readonly<Record<string, "whole" | "number" | "width" | "list" | "hint">> = {
  schema: "whole",
  sum: "number",
  count: "number",
  z_bucket: "number",
  z_bucket_w: "width",
  custom_values: "list",
  buckets: "list",
  offset: "whole",
  n_buckets: "list",
  n_offset: "whole",
  counter_reset_hint: "hint",
};

type Described = Map<string, number | readonly number[] | string>;

type Within = "sequence" | "histogram" | "list";

const STRAY: Readonly<Record<Within, string>> = {
  sequence: "unexpected character in series sequence",
  histogram: "histogram description incomplete unexpected",
  list: "invalid character in buckets description",
};

/** What can begin something there. */
const LETTERS: Readonly<Record<Within, RegExp>> = {
  sequence: /[\s+\-\w.]/,
  histogram: /[\s\-\w:[]/,
  list: /[\s\-\w\]]/,
};

class Unreadable extends Error {
  readonly error: PromqlError;
  constructor(message: string, start: number, end: number) {
    super(message);
    this.error = { message, start, end };
  }
}

export class ValueReader {
  private readonly text: string;
  private pos: number;
  private within: Within = "sequence";

  constructor(text: string, from: number) {
    this.text = text;
    this.pos = from;
  }

  /** The samples up to the end of the text, or what is wrong with them. */
  items(): readonly SeriesItem[] | PromqlError {
    const items: SeriesItem[] = [];
    try {
      while (this.match(SPACES) !== undefined) {
        if (this.pos < this.text.length) items.push(this.item());
      }
      if (this.pos < this.text.length) this.unexpected();
      return items;
    } catch (thrown) {
      if (thrown instanceof Unreadable) return thrown.error;
      throw thrown;
    }
  }

  private item(): SeriesItem {
    const { text, pos } = this;
    if (text.startsWith("{{", pos)) return this.histogramItem();
    if (text[pos] === "_") {
      this.pos++;
      return Object.freeze({ kind: "omitted", times: this.times() ?? 1 });
    }
    const value = this.number();
    if (value !== undefined) {
      const step = this.at("+") || this.at("-") ? this.needNumber() : undefined;
      const times = step === undefined ? this.times() : this.needTimes();
      return Object.freeze({ kind: "float", value, step: step ?? 0, times: times ?? 0 });
    }
    const word = this.match(WORD);
    if (word === undefined) return this.unexpected();
    if (word === "stale") return Object.freeze({ kind: "stale" });
    const message = `unexpected identifier ${quote(word)} in series values, expected number or "stale"`;
    throw new Unreadable(message, pos, this.pos);
  }

  private histogramItem(): SeriesItem {
    const value = this.histogram();
    let hintSet = value.hintSet;
    let step: { op: "+" | "-"; value: HistogramDescription } | undefined;
    if (this.at("+") || this.at("-")) {
      const op = this.text[this.pos++] as "+" | "-";
      if (!this.text.startsWith("{{", this.pos)) this.unexpected();
      const other = this.histogram();
      // What the second one says about hints holds for all.
      hintSet = other.hintSet;
      step = { op, value: other.description };
    }
    const { pos } = this;
    const times = step === undefined ? this.times() : this.needTimes();
    if (step !== undefined && (times ?? 0) > 0 && value.description.schema > step.value.schema) {
      const [from, to] = [step.value.schema, value.description.schema];
      const message = `error combining histograms: cannot merge from schema ${from} to ${to}`;
      throw new Unreadable(message, pos + 1, this.pos);
    }
    return Object.freeze({ kind: "histogram", value: value.description, step, times: times ?? 0, hintSet });
  }

  private histogram(): { readonly description: HistogramDescription; readonly hintSet: boolean } {
    this.pos += 2;
    this.within = "histogram";
    const described: Described = new Map();
    if (this.text.startsWith("}}", this.pos)) return this.closed(described);
    if (this.match(SPACES) !== undefined) {
      if (this.text.startsWith("}}", this.pos)) return this.closed(described);
      this.unexpected("series values", 'no space behind "{{"');
    }
    for (;;) {
      this.pair(described);
      const spaces = this.match(SPACES) !== undefined;
      if (this.text.startsWith("}}", this.pos)) return this.closed(described);
      if (!spaces) this.unexpected("histogram description", "histogram description key, e.g. buckets:[5 10 7]");
    }
  }

  private pair(described: Described): void {
    const start = this.pos;
    const key = /[A-Za-z_]+/y;
    const word = this.match(key);
    if (word === undefined) this.unexpected();
    const name = (word as string).toLowerCase();
    const shape = Object.hasOwn(KEYS, name) ? KEYS[name] : undefined;
    if (shape === undefined)
      throw new Unreadable(`bad histogram descriptor found: ${quote(word ?? "")}`, start, this.text.length);
    if (!this.at(":")) throw new Unreadable("missing `:` for histogram descriptor", start, this.text.length);
    this.pos++;
    if (described.has(name)) throw new Unreadable(`duplicate key "${name}" in histogram`, 0, 0);
    described.set(name, this.valueOf(shape));
  }

  private valueOf(shape: "whole" | "number" | "width" | "list" | "hint"): number | readonly number[] | string {
    switch (shape) {
      case "whole": {
        const whole = this.match(WHOLE);
        return whole === undefined ? this.unexpected() : Number(whole);
      }
      case "width":
        if (this.at("-")) this.unexpected();
        return this.needPlainNumber();
      case "number":
        return this.needPlainNumber();
      case "list":
        return this.list();
      case "hint": {
        const start = this.pos;
        const hint = this.match(WORD);
        if (hint === undefined) return this.unexpected();
        if (!HINTS.includes(hint.toLowerCase()))
          throw new Unreadable(`bad histogram descriptor found: ${quote(hint)}`, start, this.text.length);
        return hint.toLowerCase();
      }
    }
  }

  private list(): readonly number[] {
    if (!this.at("[")) this.unexpected();
    this.pos++;
    this.within = "list";
    const numbers: number[] = [this.listed()];
    while (this.match(SPACES) !== undefined && !this.at("]")) numbers.push(this.listed());
    if (!this.at("]")) this.unexpected();
    this.pos++;
    this.within = "histogram";
    return Object.freeze(numbers);
  }

  private closed(described: Described): { readonly description: HistogramDescription; readonly hintSet: boolean } {
    this.pos += 2;
    this.within = "sequence";
    const number = (key: string) => (described.get(key) as number | undefined) ?? 0;
    const list = (key: string) => (described.get(key) as readonly number[] | undefined) ?? EMPTY;
    return {
      hintSet: described.has("counter_reset_hint"),
      description: Object.freeze({
        schema: number("schema"),
        count: number("count"),
        sum: number("sum"),
        zeroThreshold: number("z_bucket_w"),
        zeroCount: number("z_bucket"),
        positiveOffset: number("offset"),
        positiveBuckets: list("buckets"),
        negativeOffset: number("n_offset"),
        negativeBuckets: list("n_buckets"),
        customValues: list("custom_values"),
        counterResetHint: (described.get("counter_reset_hint") as CounterResetHint | undefined) ?? "unknown",
      }),
    };
  }

  private number(): number | undefined {
    const start = this.pos;
    const written = this.match(NUMBER);
    if (written === undefined) return undefined;
    const sign = written.startsWith("-") ? -1 : 1;
    const read = readNumber(written.replace(/^[+-]/, ""));
    if (read.mistake !== undefined) throw new Unreadable(read.mistake, start, this.pos);
    return sign * read.value;
  }

  private needNumber(): number {
    return this.number() ?? this.unexpected();
  }

  /** Within a histogram, a number begins with a digit or a minus. */
  private needPlainNumber(): number {
    return this.at("+") || this.at(".") ? this.unexpected() : this.needNumber();
  }

  /** Within a list, what follows a minus has digits. */
  private listed(): number {
    if (!this.at("-") || /[\d.]/.test(this.text[this.pos + 1] ?? "")) return this.needPlainNumber();
    throw new Unreadable('bad number syntax: ""', this.pos + 1, this.text.length);
  }

  /** `x5`, where it is written. */
  private times(): number | undefined {
    if (!this.at("x")) return undefined;
    this.pos++;
    const start = this.pos;
    const written = this.match(REPETITION);
    if (written === undefined) return this.unexpected();
    if (/^\d+$/.test(written) && BigInt(written) < 2n ** 64n) return Number(written);
    const why = /^\d+$/.test(written) ? "value out of range" : "invalid syntax";
    const message = `invalid repetition in series values: strconv.ParseUint: parsing ${quote(written)}: ${why}`;
    throw new Unreadable(message, start, this.pos);
  }

  private needTimes(): number {
    return this.times() ?? this.unexpected();
  }

  private at(char: string): boolean {
    return this.text[this.pos] === char;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.pos;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.pos += found.length;
    return found;
  }

  private unexpected(context = "series values", expected?: string): never {
    const { text, pos } = this;
    const stray = this.stray();
    if (stray !== undefined) throw new Unreadable(stray, pos, text.length);
    const wanted = expected === undefined ? "" : `, expected ${expected}`;
    const [what, end] = this.token();
    throw new Unreadable(`unexpected ${what} in ${context}${wanted}`, pos, Math.min(end, text.length));
  }

  /** What is said of a character that is part of nothing there can be here. */
  private stray(): string | undefined {
    const { text, pos, within } = this;
    if (pos >= text.length && within === "sequence") return undefined;
    const char = pos < text.length ? String.fromCodePoint(text.codePointAt(pos) ?? 0) : "\ufffd";
    if (LETTERS[within].test(char) || text.startsWith(within === "sequence" ? "{{" : "}}", pos)) return undefined;
    return `${STRAY[within]}: ${quoteCharacter(char)}`;
  }

  /** What stands here, for an error to name. */
  private token(): readonly [what: string, end: number] {
    const { text, pos } = this;
    if (pos >= text.length) return ["end of input", pos];
    const first = text[pos];
    if (first === "+" || first === "-") return [`<op:${first}>`, pos + 1];
    const number = this.match(NUMBER) ?? this.match(REPETITION);
    if (number !== undefined) return [`number ${quote(number)}`, pos + number.length];
    const word = this.match(WORD);
    if (word !== undefined) return [`identifier ${quote(word)}`, pos + word.length];
    const char = String.fromCodePoint(text.codePointAt(pos) ?? 0);
    if (/[ \t\r\n]/.test(char)) return ['" "', pos + 1];
    const known = /^(?:\{\{|\}\}|[x_:[\]])/.exec(text.slice(pos))?.[0];
    if (known !== undefined) return [quote(known), pos + known.length];
    return [`character ${quoteCharacter(char)}`, pos + char.length];
  }
}

const EMPTY: readonly number[] = Object.freeze([]);
