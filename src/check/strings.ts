/**
 * Every text of every definition, wherever it stands: what its author wrote as it is, what a function returns, and what
 * an expression matches. None may be a secret, and each must be one that UTF-8 can express.
 */
import { toUSVString } from "node:util";
import { type Definition, isDefinition } from "../model/definition.ts";
import { isUnicode } from "../model/scrape/field.ts";
import { toTemplate } from "../model/text.ts";
import { called, pathText } from "../model/validate.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Expr } from "../promql/ast.ts";
import { walkExpr } from "../promql/map.ts";
import type { SourcedDiagnostic } from "../source/place.ts";
import { secretIn } from "./secret.ts";

type Path = readonly PropertyKey[];

/** Looks at every text of every definition. */
export function checkStrings({ definitions }: Workspace): readonly SourcedDiagnostic[] {
  return (Object.values(definitions).flat() as readonly Definition[]).flatMap(problemsOf);
}

const known = new WeakMap<Definition, readonly SourcedDiagnostic[]>();

function problemsOf(definition: Definition): readonly SourcedDiagnostic[] {
  const before = known.get(definition);
  if (before !== undefined) return before;
  const found: SourcedDiagnostic[] = [];
  visit(definition.name, [0], (text, path, key) => found.push(...problems(definition, text, path, key)));
  visit(definition.spec, [1], (text, path, key) => found.push(...problems(definition, text, path, key)));
  visit(definition.options, [2], (text, path, key) => found.push(...problems(definition, text, path, key)));
  known.set(definition, found);
  return found;
}

type Look = (text: string, path: Path, key: boolean) => void;

function visit(value: unknown, path: Path, look: Look): void {
  if (typeof value === "string") look(value, path, false);
  else if (typeof value === "function") look(toTemplate(value as () => string).template, path, false);
  else if (typeof value !== "object" || value === null || isDefinition(value) || path.length > 12) return;
  else if ("ast" in value) visitExpr(value.ast as Expr, (text) => look(text, path, false));
  else
    for (const [key, member] of Object.entries(value)) {
      const inner = [...path, Array.isArray(value) ? Number(key) : key];
      if (!Array.isArray(value)) look(key, inner, true);
      visit(member, inner, look);
    }
}

/** The texts in an expression. Bytes that are no UTF-8 can be written in PromQL: they are no mistake there. */
function visitExpr(expr: Expr, look: (text: string) => void): void {
  walkExpr(expr, (node) => {
    if (node.kind === "StringLiteral") look(toUSVString(node.value));
    if (node.kind === "VectorSelector") for (const { value } of node.matchers) look(toUSVString(value));
  });
}

function problems(definition: Definition, text: string, path: Path, key: boolean): readonly SourcedDiagnostic[] {
  const at = { origin: definition.origin, path, key };
  const what = secretIn(text);
  if (what !== undefined)
    return [
      {
        code: "secret/literal",
        severity: "error",
        message: `${called(definition)}: this looks like ${what}, and a secret cannot stand in a monitors file`,
        help: "secrets are references only: put it into a file on the server, and name the file here; then replace the secret, since it has been written down",
        at,
      },
    ];
  // The schema of scraping says so itself.
  if (isUnicode(text) || path[1] === "scrape") return [];
  return [
    {
      code: "model/invalid",
      severity: "error",
      message: `${called(definition)}: ${pathText(path.slice(1))}holds half of a surrogate pair, which UTF-8 cannot express`,
      at,
    },
  ];
}
