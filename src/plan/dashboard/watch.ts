/** Which alerts watch an expression, and what they compare it with. */
import { COMPARISON_OPS, type Expr } from "../../promql/ast.ts";
import { mapExpr } from "../../promql/map.ts";
import { print } from "../../promql/print/print.ts";
import { childrenOf } from "../../promql/walk.ts";
import { memoized, remembered } from "../../util/memo.ts";
import { seriesRead } from "../catalog.ts";
import type { PlannedAlert } from "../plan.ts";
import type { PlannedThreshold, ThresholdColor } from "./planned.ts";

/** An alert's comparison of an expression with a number. */
export interface Watch {
  readonly alert: PlannedAlert;
  readonly watched: Expr;
  /** As seen from the expression: `<` fires below the value. */
  readonly op: string;
  readonly value: number;
  /** Whether it says what is wrong by itself, or only when to look: `wrong and enough_traffic > 1`. */
  readonly decides: boolean;
}

/** Finds the comparisons that alerts make with an expression. */
export class Watches {
  readonly #byKey = new Map<string, Watch[]>();
  /** The metrics that are watched at all: most expressions need no closer look. */
  readonly #metrics = new Set<string>();
  readonly #recorded: ReadonlyMap<string, Expr>;

  constructor(alerts: readonly PlannedAlert[], recorded: ReadonlyMap<string, Expr>) {
    this.#recorded = recorded;
    for (const alert of alerts) {
      for (const watch of watchesOf(alert)) {
        const { key, series } = this.#plain(watch.watched);
        for (const name of series) this.#metrics.add(name);
        const others = this.#byKey.get(key);
        if (others === undefined) this.#byKey.set(key, [watch]);
        else others.push(watch);
      }
    }
  }

  /** The comparisons with the very values of `expr`, however they are written. */
  on(expr: Expr): readonly Watch[] {
    const plain = this.#plain(expr);
    if (!plain.series.every((name) => this.#metrics.has(name))) return NO_WATCHES;
    return this.#byKey.get(plain.key) ?? NO_WATCHES;
  }

  #plain(expr: Expr): Plain {
    const recorded = seriesRead(expr).map((name) => this.#recorded.get(name));
    return plains(expr, recorded, () => new Plain(expr, this.#recorded));
  }
}

const NO_WATCHES: readonly Watch[] = Object.freeze([]);

/** What a recording rule stands for is what it records; some of the values are those values. */
class Plain {
  readonly series: readonly string[];
  readonly #expr: Expr;
  #key: string | undefined;

  constructor(expr: Expr, recorded: ReadonlyMap<string, Expr>) {
    this.#expr = chosenFrom(mapExpr(expandRecorded(expr, recorded), withoutParens));
    this.series = seriesRead(this.#expr);
  }

  /** The same for the same values; of what nobody watches, nobody asks. */
  get key(): string {
    this.#key ??= print(this.#expr);
    return this.#key;
  }
}

const plains = remembered<Expr, Plain>();

/** An expression with what rules record in place of the names that they record it under. */
export function expandRecorded(expr: Expr, recorded: ReadonlyMap<string, Expr>): Expr {
  return mapExpr(expr, (node) => {
    if (node.kind !== "VectorSelector" || node.name === undefined || node.matchers.length > 0) return node;
    return node.offset !== undefined || node.at !== undefined ? node : (recorded.get(node.name) ?? node);
  });
}

function withoutParens(node: Expr): Expr {
  return node.kind === "ParenExpr" ? node.expr : node;
}

const CHOOSING: ReadonlySet<string> = new Set(["topk", "bottomk", "limitk"]);

function chosenFrom(expr: Expr): Expr {
  if (expr.kind === "AggregateExpr" && CHOOSING.has(expr.op)) return chosenFrom(expr.expr);
  return expr.kind === "Call" && expr.func.startsWith("sort") && expr.args[0] !== undefined
    ? chosenFrom(expr.args[0])
    : expr;
}

const MIRRORED: Readonly<Record<string, string>> = {
  "<": ">",
  ">": "<",
  "<=": ">=",
  ">=": "<=",
  "==": "==",
  "!=": "!=",
};

/** The comparisons with constants in an alert's expression, in the order written. */
export const watchesOf = memoized((alert: PlannedAlert): readonly Watch[] => {
  const found: Watch[] = [];
  const visit = (node: Expr, decides: boolean): void => {
    if (node.kind === "BinaryExpr" && (node.op === "and" || node.op === "unless")) {
      visit(node.lhs, decides);
      visit(node.rhs, false);
      return;
    }
    if (node.kind === "BinaryExpr" && !node.returnBool && (COMPARISON_OPS as readonly string[]).includes(node.op)) {
      const right = constantOf(node.rhs);
      const left = constantOf(node.lhs);
      const { op } = node;
      if (right !== undefined && left === undefined)
        found.push({ alert, watched: node.lhs, op, value: right, decides });
      else if (left !== undefined && right === undefined)
        found.push({ alert, watched: node.rhs, op: MIRRORED[op] ?? op, value: left, decides });
    }
    for (const child of childrenOf(node)) visit(child, decides);
  };
  visit(alert.expr, true);
  return found;
});

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "^": (a, b) => a ** b,
};

function constantOf(expr: Expr): number | undefined {
  if (expr.kind === "NumberLiteral") return Number.isNaN(expr.value) ? undefined : expr.value;
  if (expr.kind === "ParenExpr") return constantOf(expr.expr);
  if (expr.kind === "UnaryExpr") {
    const value = constantOf(expr.expr);
    return value === undefined || expr.op === "+" ? value : -value;
  }
  if (expr.kind !== "BinaryExpr") return undefined;
  const [a, b, compute] = [constantOf(expr.lhs), constantOf(expr.rhs), ARITHMETIC[expr.op]];
  return a === undefined || b === undefined || compute === undefined ? undefined : compute(a, b);
}

const COLORS: readonly ThresholdColor[] = ["red", "orange", "yellow"];

/** What colour an alert gives to the values it fires at: its team's first severity is the worst. */
function colorOf({ labels, definition }: PlannedAlert): ThresholdColor {
  const severities = Object.keys(definition.spec.service.spec.owner.spec);
  return COLORS[Math.max(0, severities.indexOf(labels.severity ?? ""))] ?? "yellow";
}

const HOLDS: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  "<": (value, limit) => value < limit,
  "<=": (value, limit) => value < limit,
  ">": (value, limit) => value >= limit,
  ">=": (value, limit) => value >= limit,
};

/** The colours of a panel's values: green where no alert fires, else the worst alert's. */
export function thresholdsFrom(watches: readonly Watch[]): readonly PlannedThreshold[] {
  const ranges = watches.filter(({ op, decides }) => decides && op in HOLDS);
  if (ranges.length === 0) return [];
  const bounds = [...new Set(ranges.map(({ value }) => value))].sort((a, b) => a - b);
  const steps: PlannedThreshold[] = [];
  for (const from of [Number.NEGATIVE_INFINITY, ...bounds]) {
    const firing = ranges.filter(({ op, value }) => HOLDS[op]?.(from, value)).map(({ alert }) => colorOf(alert));
    const color = COLORS.find((one) => firing.includes(one)) ?? "green";
    if (steps.at(-1)?.color !== color)
      steps.push({ from: from === Number.NEGATIVE_INFINITY ? undefined : from, color });
  }
  return steps;
}
