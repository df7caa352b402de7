/** How many series an expression reads and gives, by the cardinalities that labels are declared with. */
import type { AggregateExpr, Expr, LabelMatcher } from "../../promql/ast.ts";
import { walkExpr } from "../../promql/map.ts";

/** How many values each label of a series' name can take; `undefined` for a series that nobody declares. */
export type Cardinalities = (series: string) => Readonly<Record<string, number>> | undefined;

export interface Cost {
  /** How many series the results are. */
  readonly results: number;
  /** How many series are read. */
  readonly series: number;
  /** How many samples of them one evaluation looks at. */
  readonly samples: number;
}

/** The number of values of a label of which nothing is known. */
const UNKNOWN = 10;

/** Estimates the cost of one evaluation; a series has a sample every `intervalMs`. */
export function costOf(expr: Expr, cardinalities: Cardinalities, intervalMs: number): Cost {
  let series = 0;
  let samples = 0;
  walkExpr(expr, (node) => {
    if (node.kind === "VectorSelector") {
      const count = product(labelsOf(node, cardinalities));
      series += count;
      samples += count;
    }
    if (node.kind === "MatrixSelector" && node.range.kind === "DurationLiteral" && node.range.ms > intervalMs)
      samples += product(labelsOf(node.selector, cardinalities)) * (node.range.ms / intervalMs - 1);
  });
  return { results: product(labelsOf(expr, cardinalities)), series, samples: Math.round(samples) };
}

type Labels = Readonly<Record<string, number>>;

/** The labels of an expression's results, each with the number of values it may have. */
function labelsOf(expr: Expr, cardinalities: Cardinalities): Labels {
  switch (expr.kind) {
    case "VectorSelector":
      return matched(cardinalities(expr.name ?? "") ?? { "": UNKNOWN }, expr.matchers);
    case "MatrixSelector":
      return labelsOf(expr.selector, cardinalities);
    case "AggregateExpr":
      return aggregated(expr, labelsOf(expr.expr, cardinalities));
    case "Call":
      return called(
        expr.func,
        expr.args.map((arg) => labelsOf(arg, cardinalities)),
      );
    case "BinaryExpr": {
      const [left, right] = [labelsOf(expr.lhs, cardinalities), labelsOf(expr.rhs, cardinalities)];
      if (expr.matching?.card === "one-to-many") return right;
      if (expr.op === "or") return product(left) > product(right) ? left : right;
      return Object.keys(left).length === 0 ? right : left;
    }
    case "ParenExpr":
    case "SubqueryExpr":
    case "UnaryExpr":
      return labelsOf(expr.expr, cardinalities);
    default:
      return {};
  }
}

/** Functions that leave one result, or results without some label. */
function called(func: string, args: readonly Labels[]): Labels {
  if (func === "scalar" || func === "time" || func === "vector" || func.startsWith("absent")) return {};
  const most = args.reduce<Labels>((a, b) => (product(b) > product(a) ? b : a), {});
  if (!func.startsWith("histogram_quantile")) return most;
  const { le: _, ...rest } = most;
  return rest;
}

const CHOOSING: ReadonlySet<string> = new Set(["topk", "bottomk", "limitk"]);

function aggregated({ op, grouping, without, param }: AggregateExpr, inner: Labels): Labels {
  if (CHOOSING.has(op)) {
    const count = param?.kind === "NumberLiteral" ? param.value : UNKNOWN;
    const groups = product(pick(inner, (label) => grouping.includes(label) !== without && grouping.length > 0));
    return { "": Math.min(product(inner), count * groups) };
  }
  return pick(inner, (label) => grouping.includes(label) !== without);
}

/** Each matcher leaves as many values as it names. */
function matched(labels: Labels, matchers: readonly LabelMatcher[]): Labels {
  const left: Record<string, number> = { ...labels };
  for (const { name, op, value } of matchers) {
    const before = left[name];
    if (before === undefined) continue;
    if (op === "=") left[name] = 1;
    else if (op === "=~" && /^[\w\s|-]+$/.test(value)) left[name] = Math.min(before, value.split("|").length);
  }
  return left;
}

function pick(labels: Labels, keep: (label: string) => boolean): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([label]) => keep(label)));
}

function product(labels: Labels): number {
  let all = 1;
  for (const count of Object.values(labels)) all *= count;
  return all;
}
