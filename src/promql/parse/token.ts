/** The kinds of tokens, and the words among them. https://prometheus.io/docs/prometheus/latest/querying/basics/ */

/** Kinds are plain numbers, because the parser does little else than compare them. */
const KINDS = {
  EOF: 0,
  ERROR: 1,
  IDENTIFIER: 2,
  METRIC_IDENTIFIER: 3,
  NUMBER: 4,
  DURATION: 5,
  STRING: 6,
  /** A dashboard's variable where a number, a duration or an operator would stand. */
  VARIABLE: 7,

  LEFT_PAREN: 10,
  RIGHT_PAREN: 11,
  LEFT_BRACE: 12,
  RIGHT_BRACE: 13,
  LEFT_BRACKET: 14,
  RIGHT_BRACKET: 15,
  COMMA: 16,
  COLON: 17,
  EQL: 18,

  ADD: 20,
  SUB: 21,
  MUL: 22,
  DIV: 23,
  MOD: 24,
  POW: 25,
  ATAN2: 26,
  EQLC: 27,
  NEQ: 28,
  LSS: 29,
  GTR: 30,
  LTE: 31,
  GTE: 32,
  TRIM_UPPER: 33,
  TRIM_LOWER: 34,
  LAND: 35,
  LOR: 36,
  LUNLESS: 37,
  /** Operators that join no two expressions follow the ones that do. */
  EQL_REGEX: 38,
  NEQ_REGEX: 39,
  AT: 40,

  AGGREGATOR: 50,

  OFFSET: 60,
  SMOOTHED: 61,
  ANCHORED: 62,
  BY: 63,
  WITHOUT: 64,
  ON: 65,
  IGNORING: 66,
  GROUP_LEFT: 67,
  GROUP_RIGHT: 68,
  FILL: 69,
  FILL_LEFT: 70,
  FILL_RIGHT: 71,
  BOOL: 72,

  START: 80,
  END: 81,
  STEP: 82,
  RANGE: 83,
  MAX_OF: 84,
  MIN_OF: 85,
} as const;

// Typed as numbers, because reading on changes the current kind behind the compiler's back.
export const T: Readonly<Record<keyof typeof KINDS, number>> = KINDS;

/** The words of the language, in lower case; they are read in any case. */
export const KEYWORDS: ReadonlyMap<string, number> = new Map<string, number>([
  ["and", T.LAND],
  ["or", T.LOR],
  ["unless", T.LUNLESS],
  ["atan2", T.ATAN2],
  ["sum", T.AGGREGATOR],
  ["avg", T.AGGREGATOR],
  ["count", T.AGGREGATOR],
  ["min", T.AGGREGATOR],
  ["max", T.AGGREGATOR],
  ["group", T.AGGREGATOR],
  ["stddev", T.AGGREGATOR],
  ["stdvar", T.AGGREGATOR],
  ["topk", T.AGGREGATOR],
  ["bottomk", T.AGGREGATOR],
  ["count_values", T.AGGREGATOR],
  ["quantile", T.AGGREGATOR],
  ["limitk", T.AGGREGATOR],
  ["limit_ratio", T.AGGREGATOR],
  ["offset", T.OFFSET],
  ["smoothed", T.SMOOTHED],
  ["anchored", T.ANCHORED],
  ["by", T.BY],
  ["without", T.WITHOUT],
  ["on", T.ON],
  ["ignoring", T.IGNORING],
  ["group_left", T.GROUP_LEFT],
  ["group_right", T.GROUP_RIGHT],
  ["fill", T.FILL],
  ["fill_left", T.FILL_LEFT],
  ["fill_right", T.FILL_RIGHT],
  ["bool", T.BOOL],
  ["start", T.START],
  ["end", T.END],
  ["step", T.STEP],
  ["range", T.RANGE],
  ["max_of", T.MAX_OF],
  ["min_of", T.MIN_OF],
  ["inf", T.NUMBER],
  ["nan", T.NUMBER],
]);

/** No keyword is longer. */
const LONGEST = 12;

/** A step of the hash by which keywords are told from other words while these are read: `code` in any case. */
export function hashStep(hash: number, code: number): number {
  return (Math.imul(hash, 31) + (code | 0x20)) | 0;
}

const BY_HASH: ReadonlyMap<number, readonly [word: string, kind: number]> = new Map(
  [...KEYWORDS].map(([word, kind]) => {
    let hash = 0;
    for (let i = 0; i < word.length; i++) hash = hashStep(hash, word.charCodeAt(i));
    return [hash, [word, kind]];
  }),
);

/** The kind of the keyword that stands between two places of a text and has the given hash; 0 where none does. */
export function keywordAt(text: string, start: number, end: number, hash: number): number {
  if (end - start > LONGEST) return 0;
  const found = BY_HASH.get(hash);
  if (found === undefined) return 0;
  return text.slice(start, end).toLowerCase() === found[0] ? found[1] : 0;
}

/** The keywords that may also name a metric. */
export function canNameMetric(kind: number): boolean {
  return (
    kind === T.IDENTIFIER ||
    kind === T.METRIC_IDENTIFIER ||
    kind === T.AGGREGATOR ||
    (kind >= T.START && kind <= T.MIN_OF) ||
    (kind >= T.OFFSET && kind <= T.WITHOUT) ||
    (kind >= T.FILL && kind <= T.FILL_RIGHT) ||
    (kind >= T.LAND && kind <= T.LUNLESS)
  );
}

/** The keywords that may also name a label to group by or to match on. */
export function canNameLabel(kind: number): boolean {
  return kind !== T.WITHOUT && (canNameMetric(kind) || kind === T.ATAN2 || (kind >= T.ON && kind <= T.BOOL));
}

/** The tokens with which an expression can begin. */
export function canStart(kind: number): boolean {
  return (
    canNameMetric(kind) ||
    (kind >= T.NUMBER && kind <= T.LEFT_PAREN) ||
    kind === T.LEFT_BRACE ||
    kind === T.ADD ||
    kind === T.SUB
  );
}
