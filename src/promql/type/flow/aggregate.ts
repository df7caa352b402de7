/** What aggregations do to labels, to whether there are results, and to what values mean. */
import type { AggregateExpr, AggregateOp, Expr } from "../../ast.ts";
import { quote } from "../../quote.ts";
import { keepLabels, type LabelFact, type LabelFacts, NAME_LABELS, withLabels, withoutLabels } from "./facts.ts";
import type { Flow, Returns } from "./flow.ts";
import { between, constantOf, type NumberRange } from "./range.ts";
import { fact, UNKNOWN_VALUE, type ValueFact } from "./value.ts";

/** The facts about an aggregation's results, given those about what it aggregates and about its parameter. */
export function aggregateFlow(node: AggregateExpr, inner: Flow, param: Flow | undefined): Flow {
  return {
    labels: labelsOf(node, inner.labels),
    returns: returnsOf(node, inner.returns, param),
    value: VALUES[node.op](inner.value, spread(node.op, inner.value.range)),
  };
}

/** The aggregations that choose among series rather than make new ones. */
const CHOOSES: ReadonlySet<AggregateOp> = new Set<AggregateOp>(["topk", "bottomk", "limitk", "limit_ratio"]);

function labelsOf(node: AggregateExpr, inner: LabelFacts): LabelFacts {
  const { op, grouping, without, span, param } = node;
  if (CHOOSES.has(op)) return inner;
  const shown = `${op} ${without ? "without" : "by"} (${grouping.join(", ")})`;
  const grouped = without
    ? withoutLabels(inner, [...NAME_LABELS, ...grouping], `${shown} drops it`, span)
    : keepLabels(inner, grouping, grouping.length === 0 ? `${op}() drops all labels` : `${shown} drops it`, span);
  const label = op === "count_values" ? textOf(param) : undefined;
  if (op !== "count_values") return grouped;
  if (label === undefined) return { named: new Map(), others: { ...grouped.others, status: "may" } };
  // What is written is part of the group, and so goes where the group is without it.
  if (without && grouping.includes(label)) return grouped;
  const written: LabelFact = { status: "has", reason: `count_values(${quote(label)}) writes the value into it`, span };
  return withLabels(grouped, [[label, written]]);
}

function textOf(expr: Expr | undefined): string | undefined {
  if (expr?.kind === "ParenExpr") return textOf(expr.expr);
  return expr?.kind === "StringLiteral" ? expr.value : undefined;
}

function returnsOf({ op, span }: AggregateExpr, inner: Returns, param: Flow | undefined): Returns {
  const number = param === undefined ? undefined : constantOf(param.value.range);
  if (number !== undefined) {
    const none = op === "limit_ratio" ? number === 0 : CHOOSES.has(op) && number < 1;
    if (none) return { when: "never", reason: `${op}(${number}, …) chooses nothing`, span };
  }
  // What is chosen from something by its hash may be nothing.
  if (op === "limit_ratio" && inner.when === "always" && Math.abs(number ?? 0) < 1)
    return { when: "sometimes", reason: `${op}() may leave every series out`, span };
  return inner;
}

const VALUES: Readonly<Record<AggregateOp, (inner: ValueFact, range: NumberRange) => ValueFact>> = {
  sum: (inner, range) => ({ ...inner, range }),
  avg: (inner, range) => ({ ...inner, meaning: level(inner), range }),
  min: (inner, range) => ({ ...inner, range }),
  max: (inner, range) => ({ ...inner, range }),
  topk: (inner, range) => ({ ...inner, range }),
  bottomk: (inner, range) => ({ ...inner, range }),
  limitk: (inner, range) => ({ ...inner, range }),
  limit_ratio: (inner, range) => ({ ...inner, range }),
  quantile: (inner, range) => ({ ...inner, meaning: level(inner), range }),
  stddev: (inner, range) => ({ ...inner, meaning: level(inner), range }),
  stdvar: (_, range) => ({ ...UNKNOWN_VALUE, range }),
  count: (_, range) => fact("count", undefined, range),
  count_values: (_, range) => fact("count", undefined, range),
  group: (_, range) => fact("boolean", undefined, range),
};

function level({ meaning }: ValueFact): ValueFact["meaning"] {
  return meaning === "counter" ? "gauge" : meaning;
}

/** Where the aggregate of values lies. */
function spread(op: AggregateOp, { min, max, nan }: NumberRange): NumberRange {
  switch (op) {
    case "count":
    case "count_values":
      return between(1, Number.POSITIVE_INFINITY);
    case "group":
      return between(1, 1);
    case "stddev":
    case "stdvar":
      return between(0, Number.POSITIVE_INFINITY, true);
    case "sum":
      // Many values of one sign add up beyond their own range.
      return between(
        min >= 0 ? min : -Infinity,
        max <= 0 ? max : Infinity,
        nan || (min === -Infinity && max === Infinity),
      );
    case "quantile":
      return between(-Infinity, Infinity, true);
    default:
      return between(min, max, nan);
  }
}
