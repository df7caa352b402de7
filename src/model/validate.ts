/** Checks every definition against the schema of its kind, and says what is wrong at the very property. */
import type { z } from "zod";
import { didYouMean } from "../diagnostic/near-miss.ts";
import type { Origin } from "../source/origin.ts";
import type { SourcedDiagnostic, SourcePoint } from "../source/place.ts";
import { alertSchema } from "./alert.ts";
import { dashboardSchema } from "./dashboard/dashboard.ts";
import type { Definition, DefinitionKind } from "./definition.ts";
import { environmentSchema } from "./environment.ts";
import { histogramSchema } from "./metric/histogram.ts";
import { counterSchema, type MetricDefinition, metricSchema } from "./metric/metric.ts";
import { summarySchema } from "./metric/summary.ts";
import { RECEIVER_SCHEMAS } from "./receiver/kinds.ts";
import type { Receiver } from "./receiver/receiver.ts";
import { recordingRuleSchema } from "./recording-rule.ts";
import { ruleGroupSchema } from "./rule-group.ts";
import { keysAt } from "./schema-keys.ts";
import { serviceSchema } from "./service.ts";
import { teamSchema } from "./team.ts";
import { thresholdSchema } from "./threshold.ts";
import { timeIntervalSchema } from "./time-interval.ts";
import type { Workspace } from "./workspace.ts";

const METRICS: Readonly<Partial<Record<MetricDefinition["type"], z.ZodType>>> = {
  counter: counterSchema,
  histogram: metricSchema.extend({ spec: histogramSchema }),
  summary: metricSchema.extend({ spec: summarySchema }),
};

const SCHEMAS: { readonly [K in DefinitionKind]: (definition: Definition) => z.ZodType } = {
  Team: () => teamSchema,
  Receiver: (receiver) => RECEIVER_SCHEMAS[(receiver as Receiver).type],
  TimeInterval: () => timeIntervalSchema,
  Metric: (metric) => METRICS[(metric as MetricDefinition).type] ?? metricSchema,
  Service: () => serviceSchema,
  RecordingRule: () => recordingRuleSchema,
  RuleGroup: () => ruleGroupSchema,
  AlertingRule: () => alertSchema,
  Threshold: () => thresholdSchema,
  Dashboard: () => dashboardSchema,
  Environment: () => environmentSchema,
};

/** What people call a definition of each kind. */
export const KIND_WORDS: Readonly<Record<DefinitionKind, string>> = {
  Team: "team",
  Receiver: "receiver",
  TimeInterval: "time interval",
  Metric: "metric",
  Service: "service",
  RecordingRule: "recording rule",
  RuleGroup: "rule group",
  AlertingRule: "alert",
  Threshold: "threshold",
  Dashboard: "dashboard",
  Environment: "environment",
};

/** What is wrong with the shape of each definition of the workspace. */
export function validate({ definitions }: Workspace): readonly SourcedDiagnostic[] {
  const all = Object.values(definitions).flat() as readonly Definition[];
  return all.flatMap(validateDefinition);
}

// Definitions are frozen, so what was found once stays true: a watch checks only what changed.
const known = new WeakMap<Definition, readonly SourcedDiagnostic[]>();

function validateDefinition(definition: Definition): readonly SourcedDiagnostic[] {
  const before = known.get(definition);
  if (before !== undefined) return before;
  const diagnostics = shapeOf(definition);
  known.set(definition, diagnostics);
  return diagnostics;
}

/** What is wrong with the shape of one definition. */
export function shapeOf(definition: Definition): readonly SourcedDiagnostic[] {
  const schema = SCHEMAS[definition.kind](definition);
  const result = schema.safeParse(definition);
  return result.success ? [] : result.error.issues.flatMap((issue) => describe(definition, schema, issue));
}

/** The name of a definition as messages call it: `alert "InventoryLow"`. */
export function called({ kind, name }: Pick<Definition, "kind" | "name">): string {
  return `${KIND_WORDS[kind]} ${JSON.stringify(name)}`;
}

function describe(definition: Definition, schema: z.ZodType, issue: z.core.$ZodIssue): readonly SourcedDiagnostic[] {
  const { code, path, message } = deepest(issue);
  const at = (...more: PropertyKey[]) => ({
    ...pointOf(definition, [...path, ...more]),
    ...(code === "invalid_key" && { key: true }),
  });
  const shown = path.slice(1).filter((key) => key !== "spec");
  if (code !== "unrecognized_keys") {
    return [
      {
        code: message.startsWith("secrets are references") ? "secret/literal" : "model/invalid",
        severity: "error",
        message: `${called(definition)}: ${pathText(shown)}${lowerFirst(message)}`,
        at: at(),
      },
    ];
  }
  return (issue.code === "unrecognized_keys" ? issue.keys : []).map((key): SourcedDiagnostic => {
    const allowed = keysAt(schema, path);
    const file = secretTwin(key, allowed);
    return file === undefined
      ? {
          code: "model/unknown-property",
          severity: "error",
          message: `${called(definition)} has no property ${JSON.stringify([...shown, key].join("."))}.${didYouMean(key, allowed)}`,
          help: `it may have: ${allowed.join(", ")}`,
          at: { ...at(key), key: true },
        }
      : {
          code: "secret/literal",
          severity: "error",
          message: `${called(definition)}: a secret cannot stand in a monitors file: ${JSON.stringify(key)}`,
          help: `secrets are references only: give ${file}, the path of a file on the server that holds it`,
          at: { ...at(key), key: true },
        };
  });
}

interface Made {
  readonly origin: Origin;
  readonly kind: string;
}

/** Which argument of its factory each property of a definition was, and of what stands within definitions. */
const ARGUMENTS: Readonly<Record<string, Readonly<Record<PropertyKey, number>>>> = {
  Override: { target: 0, patch: 1 },
  Route: { spec: 0 },
};
const OF_DEFINITIONS: Readonly<Record<PropertyKey, number>> = { name: 0, spec: 1, options: 2 };

/** Where a property stands: in the call of the innermost factory around it. */
export function pointOf(definition: Definition, path: readonly PropertyKey[]): SourcePoint {
  let made: Made = definition;
  let rest = path;
  let value: unknown = definition;
  for (const [i, key] of path.entries()) {
    if (typeof value !== "object" || value === null) break;
    value = (value as Readonly<Record<PropertyKey, unknown>>)[key];
    // What the path ends at is itself what is wrong, such as a team where a service belongs.
    if (i === path.length - 1 || typeof value !== "object" || value === null || !("origin" in value)) continue;
    made = value as Made;
    rest = path.slice(i + 1);
  }
  const [property, ...inner] = rest;
  const argument = property === undefined ? undefined : (ARGUMENTS[made.kind] ?? OF_DEFINITIONS)[property];
  return { origin: made.origin, path: argument === undefined ? [] : [argument, ...inner] };
}

/** The property that refers to a secret, where someone wrote the secret itself. */
function secretTwin(key: string, allowed: readonly string[]): string | undefined {
  const twin = `${key}File`;
  if (allowed.includes(twin)) return twin;
  if (!/password|secret|token|credential|key|apiurl/i.test(key)) return undefined;
  return allowed.find((name) => name.endsWith("File") && name.toLowerCase().includes(key.toLowerCase().slice(-5)));
}

/** What an issue is about at heart: in a choice of shapes, what is wrong with the one that comes nearest. */
function deepest(issue: z.core.$ZodIssue): {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
} {
  if (issue.code === "invalid_key") {
    // What is wrong with the name of an entry, in the words of the schema of names.
    const { code, path, issues } = issue;
    return { code, path, message: issues[0]?.message ?? issue.message };
  }
  if (issue.code !== "invalid_union") return issue as { code: string; path: readonly PropertyKey[]; message: string };
  const candidates = issue.errors.flat().map((inner) => deepest({ ...inner, path: [...issue.path, ...inner.path] }));
  const [first, ...others] = candidates;
  if (first === undefined) return { code: issue.code, path: issue.path, message: issue.message };
  const rank = (one: { code: string; path: readonly PropertyKey[] }) =>
    one.path.length * 2 + (one.code === "custom" || one.code === "invalid_format" ? 1 : 0);
  return others.reduce((best, one) => (rank(one) > rank(best) ? one : best), first);
}

/** The way to a property as messages begin with it: `labels.sku: `. */
export function pathText(path: readonly PropertyKey[]): string {
  const text = path
    .map((key) => {
      if (typeof key === "number") return `[${key}]`;
      // Names that are no words, such as those of labels, may be empty or hold anything.
      return /^[\w$-]+$/.test(String(key)) ? `.${String(key)}` : `[${JSON.stringify(String(key))}]`;
    })
    .join("")
    .replace(/^\./, "");
  return text === "" ? "" : `${text}: `;
}

function lowerFirst(message: string): string {
  return message
    .replace(/^Invalid input: expected (.*), received undefined$/, "is missing (expected $1)")
    .replace(/^Invalid input: /, "")
    .replace(/^(?:Invalid|Too|Expected|Unrecognized)\b/, (word) => word.toLowerCase());
}
