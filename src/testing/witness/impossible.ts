/** Why an expression can never have a result, where its text says so for certain. */
import { matcherTest } from "../../label/matcher.ts";
import type { BinaryExpr, Expr, LabelMatcher, VectorSelector } from "../../promql/ast.ts";
import { formatShortest } from "../../promql/print/number.ts";
import { print } from "../../promql/print/print.ts";
import { type Bounds, boundsOf, except, type RecordedBy } from "./bounds.ts";

/** The reason, or `undefined` where there is none to be seen: then only a search can tell. */
export function impossible(expr: Expr, recordedBy: RecordedBy): string | undefined {
  const inner = (one: Expr) => impossible(one, recordedBy);
  switch (expr.kind) {
    case "NumberLiteral":
    case "StringLiteral":
      return undefined;
    case "ParenExpr":
    case "SubqueryExpr":
    case "UnaryExpr":
    case "AggregateExpr":
      return inner(expr.expr);
    case "MatrixSelector":
      return inner(expr.selector);
    case "VectorSelector": {
      const sources = recordedBy(expr.name ?? "");
      // A rule may read what it records.
      const reasons = sources.map((source) => impossible(source, except(recordedBy, expr.name)));
      return contradiction(expr) ?? (reasons.includes(undefined) ? undefined : reasons[0]);
    }
    case "Call":
      if (expr.func === "absent" || expr.func === "absent_over_time") {
        const [given] = expr.args;
        return given !== undefined && isAlwaysThere(given)
          ? `${print(given)} is always there, so ${expr.func}() of it never gives anything`
          : undefined;
      }
      // These give something even of nothing.
      if (expr.func === "scalar" || expr.func === "vector") return undefined;
      return expr.args.map(inner).find((reason) => reason !== undefined);
    case "BinaryExpr":
      return ofBinary(expr, inner, recordedBy);
  }
}

function ofBinary(
  expr: BinaryExpr,
  inner: (expr: Expr) => string | undefined,
  recordedBy: RecordedBy,
): string | undefined {
  const { op, lhs, rhs, matching, returnBool } = expr;
  if (matching?.fill.lhs !== undefined || matching?.fill.rhs !== undefined) return undefined;
  const [left, right] = [inner(lhs), inner(rhs)];
  if (op === "or") return left !== undefined && right !== undefined ? left : undefined;
  if (op === "unless")
    return (
      left ?? (print(lhs) === print(rhs) ? `\`unless\` takes away all that it is given: ${print(expr)}` : undefined)
    );
  return left ?? right ?? (returnBool ? undefined : outOfReach(expr, recordedBy));
}

/** A comparison whose sides' values never meet. */
function outOfReach({ op, lhs, rhs }: BinaryExpr, recordedBy: RecordedBy): string | undefined {
  const [left, right] = [boundsOf(lhs, recordedBy), boundsOf(rhs, recordedBy)];
  const isNever: Readonly<Partial<Record<BinaryExpr["op"], boolean>>> = {
    ">": left.high <= right.low,
    ">=": left.high < right.low,
    "<": left.low >= right.high,
    "<=": left.low > right.high,
    "==": left.high < right.low || left.low > right.high,
  };
  if (isNever[op] !== true) return undefined;
  const other = rhs.kind === "NumberLiteral" ? "" : `, which is ${told(right)}`;
  return `${print(lhs)} is ${told(left)}, and never ${op} ${print(rhs)}${other}`;
}

function told({ low, high }: Bounds): string {
  if (low === high) return formatShortest(low);
  if (low === Number.NEGATIVE_INFINITY) return `${formatShortest(high)} at most`;
  if (high === Number.POSITIVE_INFINITY) return `${formatShortest(low)} at least`;
  return `between ${formatShortest(low)} and ${formatShortest(high)}`;
}

/** Matchers of one label of which one names the value, and another refuses it. */
function contradiction({ matchers }: VectorSelector): string | undefined {
  for (const { name, op, value } of matchers) {
    if (op !== "=") continue;
    const refusing = matchers.find((other) => other.name === name && !matcherTest(other)(value));
    if (refusing !== undefined)
      return `no value of the label ${JSON.stringify(name)} fits ${matcherText({ name, op, value })} and ${matcherText(refusing)}`;
  }
  return undefined;
}

function matcherText({ name, op, value }: Pick<LabelMatcher, "name" | "op" | "value">): string {
  return `${name}${op}${JSON.stringify(value)}`;
}

/** Whether an expression has a result whatever series there are. */
function isAlwaysThere(expr: Expr): boolean {
  if (expr.kind === "ParenExpr" || expr.kind === "AggregateExpr" || expr.kind === "UnaryExpr")
    return isAlwaysThere(expr.expr);
  if (expr.kind === "BinaryExpr" && expr.op === "or") return isAlwaysThere(expr.lhs) || isAlwaysThere(expr.rhs);
  return expr.kind === "Call" && (expr.func === "vector" || expr.args.length === 0);
}
