/**
 * Cuts a text into tokens, one at a time. What a character means depends on where it stands: inside braces every word is
 * a label, inside brackets words are durations. https://github.com/prometheus/prometheus/blob/main/promql/parser/lex.go
 */
import { VARIABLE_PATTERN } from "../language.ts";
import { isLoneSurrogate, nameCharacter, quote, quoteCharacter } from "../quote.ts";
import { ALPHA, CLASS, codeAt, DIGIT, isDigit } from "./character.ts";
import { scanDuration, scanNumber } from "./scan-number.ts";
import { hashStep, KEYWORDS, keywordAt, T } from "./token.ts";

const STATEMENT = 0;
const BRACES = 1;
/** Just behind an opening bracket; from the first number on, the lexer is back among statements. */
const DURATION = 2;
const FAILED = 3;

/** The tokens that one character makes by itself, wherever it stands outside braces. */
const SINGLE = new Uint8Array(128);
for (const [char, kind] of Object.entries({
  ",": T.COMMA,
  "*": T.MUL,
  "/": T.DIV,
  "%": T.MOD,
  "+": T.ADD,
  "-": T.SUB,
  "^": T.POW,
}))
  SINGLE[char.charCodeAt(0)] = kind;

export class Lexer {
  readonly text: string;
  /** Whether a dashboard's variables are read as words. */
  private readonly variables: boolean;

  /** The current token. */
  kind: number = T.EOF;
  start = 0;
  end = 0;
  /** Where the token before the current one ended. */
  lastEnd = 0;
  /** Whether the current token is a string with escape sequences. */
  escaped = false;
  /** What is wrong, where the current token is an error. */
  message = "";

  /** How many parentheses are open behind the current token. */
  parens = 0;

  private pos = 0;
  private mode: number = STATEMENT;
  private inBrackets = false;
  private sawColon = false;
  private sawDuration = false;

  constructor(text: string, variables = false) {
    this.text = text;
    this.variables = variables;
  }

  /** Moves to the next token, and gives its kind. After an error there is nothing more to read. */
  next(): number {
    switch (this.mode) {
      case BRACES:
        return this.inBraces();
      case DURATION:
        return this.inDuration();
      case FAILED:
        return this.emit(T.EOF, this.text.length, this.text.length);
      default:
        return this.statement();
    }
  }

  /** The text of the current token. */
  value(): string {
    return this.text.slice(this.start, this.end);
  }

  private statement(): number {
    const { text } = this;
    const start = this.skip(this.pos, true);
    const c = codeAt(text, start);
    if (start >= text.length) return this.endOfInput(start);
    const kind = c < 128 ? CLASS[c] : 0;
    if (kind === ALPHA || c === 0x3a /* : */) {
      return this.inBrackets ? this.wordInBrackets(start, c) : this.word(start);
    }
    if (kind === DIGIT) return this.numberOrDuration(start);
    const single = c < 128 ? (SINGLE[c] as number) : 0;
    if (single !== 0) return this.emit(single, start, start + 1);
    const following = codeAt(text, start + 1);
    switch (c) {
      case 0x28: // (
        this.parens++;
        return this.emit(T.LEFT_PAREN, start, start + 1);
      case 0x29: // )
        return this.rightParen(start);
      case 0x7b: // {
        this.mode = BRACES;
        return this.emit(T.LEFT_BRACE, start, start + 1);
      case 0x5b: // [
        return this.leftBracket(start);
      case 0x5d: // ]
        if (!this.inBrackets) return this.fail(start, "unexpected right bracket ']'");
        this.inBrackets = false;
        return this.emit(T.RIGHT_BRACKET, start, start + 1);
      case 0x22: // "
      case 0x27: // '
        return this.string(start, c);
      case 0x60: // `
        return this.rawString(start);
      case 0x3d: // =
        if (following === 0x3d) return this.emit(T.EQLC, start, start + 2);
        if (following === 0x7e) return this.fail(start, "unexpected character after '=': '~'");
        return this.emit(T.EQL, start, start + 1);
      case 0x21: // !
        if (following === 0x3d) return this.emit(T.NEQ, start, start + 2);
        return this.fail(start, `unexpected character after '!': ${quoteCharacter(this.character(start + 1))}`);
      case 0x3c: // <
        if (following === 0x3d) return this.emit(T.LTE, start, start + 2);
        if (following === 0x2f) return this.emit(T.TRIM_UPPER, start, start + 2);
        return this.emit(T.LSS, start, start + 1);
      case 0x3e: // >
        if (following === 0x3d) return this.emit(T.GTE, start, start + 2);
        if (following === 0x2f) return this.emit(T.TRIM_LOWER, start, start + 2);
        return this.emit(T.GTR, start, start + 1);
      case 0x40: // @
        return this.emit(T.AT, start, start + 1);
      case 0x2e: // .
        if (isDigit(following)) return this.numberOrDuration(start);
        break;
    }
    if (this.variableEnd(start) > start) return this.inBrackets ? this.variable(start) : this.word(start);
    return this.fail(start, `unexpected character: ${quoteCharacter(this.character(start))}`);
  }

  private endOfInput(start: number): number {
    if (this.parens !== 0) return this.fail(start, "unclosed left parenthesis");
    if (this.inBrackets) return this.fail(start, "unclosed left bracket");
    return this.emit(T.EOF, start, start);
  }

  private rightParen(start: number): number {
    this.parens--;
    if (this.parens < 0) return this.fail(start + 1, "unexpected right parenthesis ')'");
    return this.emit(T.RIGHT_PAREN, start, start + 1);
  }

  private leftBracket(start: number): number {
    const end = this.variableEnd(start);
    if (end > start) return this.inBrackets ? this.variable(start) : this.word(start);
    if (this.inBrackets) return this.fail(start, "unexpected left bracket '['");
    this.sawColon = false;
    this.inBrackets = true;
    this.mode = DURATION;
    return this.emit(T.LEFT_BRACKET, start, start + 1);
  }

  /** A word outside brackets and braces: a keyword, or the name of a metric or function. */
  private word(start: number): number {
    const { text } = this;
    let pos = start;
    let hash = 0;
    let colon = false;
    let variable = false;
    for (;;) {
      const c = codeAt(text, pos);
      const kind = c < 128 ? CLASS[c] : 0;
      if (kind === ALPHA || kind === DIGIT) {
        hash = hashStep(hash, c);
        pos++;
      } else if (c === 0x3a) {
        colon = true;
        pos++;
      } else {
        const end = this.variableEnd(pos);
        if (end === pos) break;
        variable = true;
        pos = end;
      }
    }
    if (colon) return this.emit(T.METRIC_IDENTIFIER, start, pos);
    const keyword = variable ? 0 : keywordAt(text, start, pos, hash);
    // Queries may use these as names since long before they meant something.
    const isFill = keyword >= T.FILL && keyword <= T.FILL_RIGHT;
    const named = keyword === 0 || (isFill && codeAt(text, this.skip(pos, false)) !== 0x28);
    return this.emit(named ? T.IDENTIFIER : keyword, start, pos);
  }

  private wordInBrackets(start: number, c: number): number {
    if (c === 0x3a) {
      if (this.sawColon) return this.fail(start, "unexpected colon ':'");
      this.sawColon = true;
      return this.emit(T.COLON, start, start + 1);
    }
    if (this.durationWord(start)) return this.kind;
    return this.fail(start, `unexpected character: ${quoteCharacter(this.text[start])}, expected ':'`);
  }

  private durationWord(start: number): boolean {
    let pos = start;
    while (CLASS[codeAt(this.text, pos)] === ALPHA) pos++;
    const kind = KEYWORDS.get(this.text.slice(start, pos).toLowerCase());
    if (kind === undefined || kind < T.STEP || kind > T.MIN_OF) return false;
    this.emit(kind, start, pos);
    return true;
  }

  private inDuration(): number {
    const { text } = this;
    const start = this.skip(this.pos, false);
    const c = codeAt(text, start);
    if (start >= text.length) return this.fail(start, "unexpected end of input in duration expression");
    if (this.variableEnd(start) > start) return this.variable(start);
    const single = c < 128 ? (SINGLE[c] as number) : 0;
    if (single !== 0) return this.emit(single, start, start + 1);
    if (isDigit(c) || (c === 0x2e && isDigit(codeAt(text, start + 1)))) {
      this.sawDuration = true;
      this.mode = STATEMENT;
      return this.numberOrDuration(start);
    }
    switch (c) {
      case 0x5d: // ]
        this.inBrackets = false;
        this.sawColon = false;
        this.mode = STATEMENT;
        return this.emit(T.RIGHT_BRACKET, start, start + 1);
      case 0x3a: // :
        if (!this.sawDuration) return this.fail(start + 1, "unexpected colon before duration in duration expression");
        if (this.sawColon) return this.fail(start + 1, "unexpected repeated colon in duration expression");
        this.sawColon = true;
        return this.emit(T.COLON, start, start + 1);
      case 0x28: // (
        this.parens++;
        return this.emit(T.LEFT_PAREN, start, start + 1);
      case 0x29: // )
        return this.rightParen(start);
    }
    if (CLASS[c] === ALPHA && this.durationWord(start)) return this.kind;
    return this.fail(start, `unexpected character in duration expression: ${quoteCharacter(this.character(start))}`);
  }

  private inBraces(): number {
    const { text } = this;
    const start = this.skip(this.pos, true);
    const c = codeAt(text, start);
    if (start >= text.length) return this.fail(start, "unexpected end of input inside braces");
    if (CLASS[c] === ALPHA) return this.label(start);
    const following = codeAt(text, start + 1);
    switch (c) {
      case 0x2c: // ,
        return this.emit(T.COMMA, start, start + 1);
      case 0x22: // "
      case 0x27: // '
        return this.string(start, c);
      case 0x60: // `
        return this.rawString(start);
      case 0x3d: // =
        return following === 0x7e ? this.emit(T.EQL_REGEX, start, start + 2) : this.emit(T.EQL, start, start + 1);
      case 0x21: // !
        if (following === 0x7e) return this.emit(T.NEQ_REGEX, start, start + 2);
        if (following === 0x3d) return this.emit(T.NEQ, start, start + 2);
        return this.fail(
          start,
          `unexpected character after '!' inside braces: ${quoteCharacter(this.character(start + 1))}`,
        );
      case 0x7b: // {
        return this.fail(start, "unexpected left brace '{'");
      case 0x7d: // }
        this.mode = STATEMENT;
        return this.emit(T.RIGHT_BRACE, start, start + 1);
    }
    if (this.variableEnd(start) > start) return this.label(start);
    return this.fail(start, `unexpected character inside braces: ${quoteCharacter(this.character(start))}`);
  }

  private label(start: number): number {
    let pos = start;
    for (;;) {
      const c = codeAt(this.text, pos);
      if (c < 128 && (CLASS[c] === ALPHA || CLASS[c] === DIGIT)) pos++;
      else {
        const end = this.variableEnd(pos);
        if (end === pos) break;
        pos = end;
      }
    }
    return this.emit(T.IDENTIFIER, start, pos);
  }

  private string(start: number, delimiter: number): number {
    const { text } = this;
    this.escaped = false;
    for (let pos = start + 1; ; pos++) {
      const c = codeAt(text, pos);
      if (c === delimiter) return this.emit(T.STRING, start, pos + 1);
      if (pos >= text.length || c === 0x0a) return this.fail(start, "unterminated quoted string");
      if (c === 0x5c) {
        const end = this.escape(pos + 1, delimiter);
        if (typeof end === "string") return this.fail(start, end);
        pos = end - 1;
        this.escaped = true;
      } else if (c >= 0xd800 && this.isInvalid(pos)) return this.fail(start, "invalid UTF-8 rune");
      else if (c >= 0xd800 && c < 0xe000) pos++;
    }
  }

  private rawString(start: number): number {
    this.escaped = false;
    const end = this.text.indexOf("`", start + 1);
    const limit = end === -1 ? this.text.length : end;
    for (let pos = start + 1; pos < limit; pos++) {
      const c = codeAt(this.text, pos);
      if (c < 0xd800) continue;
      if (this.isInvalid(pos)) return this.fail(start, "invalid UTF-8 rune");
      if (c < 0xe000) pos++;
    }
    if (end === -1) return this.fail(start, "unterminated raw string");
    return this.emit(T.STRING, start, end + 1);
  }

  /** The end of an escape sequence, or what is wrong with it. */
  private escape(at: number, delimiter: number): number | string {
    const { text } = this;
    const c = codeAt(text, at);
    if (at >= text.length) return "escape sequence not terminated";
    if (c === delimiter || SIMPLE_ESCAPES.includes(text[at] as string)) return at + 1;
    const octal = c >= 0x30 && c <= 0x37;
    const digits = octal ? 3 : c === 0x78 ? 2 : c === 0x75 ? 4 : c === 0x55 ? 8 : 0;
    if (digits === 0) return `unknown escape sequence ${nameCharacter(this.character(at))}`;
    const base = octal ? 8 : 16;
    const from = octal ? at : at + 1;
    let code = 0;
    for (let pos = from; pos < from + digits; pos++) {
      const digit = pos < text.length ? Number.parseInt(text[pos] as string, base) : Number.NaN;
      if (Number.isNaN(digit)) {
        if (pos >= text.length) return "escape sequence not terminated";
        return `illegal character ${nameCharacter(this.character(pos))} in escape sequence`;
      }
      code = code * base + digit;
    }
    const greatest = digits <= 3 ? 255 : 0x10ffff;
    if (code > greatest || (code >= 0xd800 && code < 0xe000)) return "escape sequence is an invalid Unicode code point";
    return from + digits;
  }

  private numberOrDuration(start: number): number {
    const scanned = scanNumber(this.text, start);
    if (scanned >= 0 && this.variableEnd(scanned) === scanned) return this.emit(T.NUMBER, start, scanned);
    const end = scanDuration(this.text, scanned >= 0 ? scanned : -scanned - 1);
    if (end >= 0 && this.variableEnd(end) === end) return this.emit(T.DURATION, start, end);
    if (this.variables) {
      const run = this.runEnd(start);
      if (run > start) return this.emit(T.VARIABLE, start, run);
    }
    return this.fail(start, `bad number or duration syntax: ${quote(this.text.slice(start, -end - 1))}`);
  }

  /** A variable where a number or a duration is expected, with what is written against it: `${interval}s`. */
  private variable(start: number): number {
    this.sawDuration = true;
    this.mode = STATEMENT;
    return this.emit(T.VARIABLE, start, this.runEnd(start));
  }

  /** The end of a run of words, digits and variables. */
  private runEnd(start: number): number {
    let pos = start;
    for (;;) {
      const c = codeAt(this.text, pos);
      if (c < 128 && (CLASS[c] === ALPHA || CLASS[c] === DIGIT || c === 0x2e)) pos++;
      else {
        const end = this.variableEnd(pos);
        if (end === pos) return pos;
        pos = end;
      }
    }
  }

  /** The end of the variable at `pos`, or `pos` where there is none. */
  private variableEnd(pos: number): number {
    if (!this.variables) return pos;
    const c = codeAt(this.text, pos);
    if (c !== 0x24 && c !== 0x5b) return pos;
    VARIABLE.lastIndex = pos;
    return VARIABLE.test(this.text) ? VARIABLE.lastIndex : pos;
  }

  /** The place after spaces and, where they are allowed, comments. */
  private skip(from: number, comments: boolean): number {
    const { text } = this;
    let pos = from;
    for (;;) {
      const c = codeAt(text, pos);
      if (c === 0x20 || c === 0x0a || c === 0x09 || c === 0x0d) pos++;
      else if (c === 0x23 && comments) {
        while (pos < text.length && codeAt(text, pos) !== 0x0a && codeAt(text, pos) !== 0x0d) pos++;
      } else return pos;
    }
  }

  /** Whether Go would find no valid character here: half a pair, or the replacement character itself. */
  private isInvalid(pos: number): boolean {
    const char = this.character(pos) as string;
    return char === "\ufffd" || isLoneSurrogate(char);
  }

  private character(pos: number): string | undefined {
    const code = this.text.codePointAt(pos);
    return code === undefined ? undefined : String.fromCodePoint(code);
  }

  private emit(kind: number, start: number, end: number): number {
    this.lastEnd = this.end;
    this.kind = kind;
    this.start = start;
    this.end = end;
    this.pos = end;
    return kind;
  }

  private fail(start: number, message: string): number {
    this.mode = FAILED;
    this.message = message;
    return this.emit(T.ERROR, start, this.text.length);
  }
}

const SIMPLE_ESCAPES = "abfnrtv\\";
const VARIABLE = new RegExp(VARIABLE_PATTERN, "y");
