/**
 * Relabelling as data: one rule, what Prometheus fills in, and what is wrong with it.
 * https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config
 */
import { z } from "zod";
import { compileRegex, isRegexMistake, quoteRegex } from "../../label/regex.ts";
import { anyText, isUnicode, labelName, oneOf, whole } from "./field.ts";
import { checkedBy, choose, objectOf, type Report } from "./object-schema.ts";

export type RelabelAction =
  | "replace"
  | "keep"
  | "drop"
  | "keepequal"
  | "dropequal"
  | "hashmod"
  | "labelmap"
  | "labeldrop"
  | "labelkeep"
  | "lowercase"
  | "uppercase";

/**
 * A regular expression of RE2 that must match the whole of a text: written as a text, or as a `RegExp`, of which the
 * source is taken. The dot matches newlines. https://github.com/google/re2/wiki/Syntax
 */
export type Pattern = string | RegExp;

/** How to change or drop what is found or collected. */
export interface RelabelSpec {
  /** The labels whose values are read, joined by the separator. Default: none, which reads an empty text. */
  readonly sourceLabels?: readonly string[];
  /** What joins the values. Default: `";"`. */
  readonly separator?: string;
  /** What the joined values must match, or a list with one pattern for each of the labels. Default: `"(.*)"`. */
  readonly regex?: Pattern | readonly Pattern[];
  /** For `hashmod`: how many different values there are. */
  readonly modulus?: number;
  /** The label that is written; `replace` fills in `$1` and the like. */
  readonly targetLabel?: string;
  /** What is written, with `$1` for a group of the pattern and `$$` for a dollar sign. Default: `"$1"`. */
  readonly replacement?: string;
  /** Default: `"replace"`. */
  readonly action?: RelabelAction;
}

/** One rule of relabelling. */
export interface Relabeling extends RelabelSpec {
  readonly kind: "relabeling";
}

/** A rule, or several that belong together. */
export type RelabelStep = Relabeling | readonly Relabeling[];

/** Which names Prometheus takes: any UTF-8, or only letters, digits, underscores (and colons in metrics). */
export type NameValidationScheme = "utf8" | "legacy";

/** A rule with all that Prometheus would fill in, and the pattern as one text. */
export interface FullRelabeling {
  readonly sourceLabels: readonly string[];
  readonly separator: string;
  readonly regex: string;
  readonly modulus: number;
  readonly targetLabel: string;
  readonly replacement: string;
  readonly action: RelabelAction;
}

/** Fills in what a rule leaves out. */
export function fullRelabeling(rule: RelabelSpec): FullRelabeling {
  const { sourceLabels = [], modulus = 0, targetLabel = "", replacement = "$1", action = "replace" } = rule;
  const separator = rule.separator ?? (isList(rule.regex) ? safeSeparator(rule.regex) : ";");
  const regex = isList(rule.regex)
    ? joinPatterns(rule.regex, separator)
    : rule.regex === undefined
      ? "(.*)"
      : patternSource(rule.regex);
  return { sourceLabels, separator, regex, modulus, targetLabel, replacement, action };
}

/** The rules of all steps, one after the other. */
export function relabelRules(steps: readonly RelabelStep[]): readonly Relabeling[] {
  return steps.flat() as readonly Relabeling[];
}

const patterns = checkedBy<Pattern | readonly Pattern[]>((value) =>
  Array.isArray(value)
    ? value.flatMap((pattern, i) => patternProblems(pattern).map((problem) => [problem, i] as const))
    : patternProblems(value),
);

const ruleSchema = objectOf<Relabeling>({
  kind: z.literal("relabeling"),
  sourceLabels: z.array(labelName, { error: "expected a list of labels" }).optional(),
  separator: anyText.optional(),
  regex: patterns.optional(),
  modulus: whole(1).optional(),
  targetLabel: anyText.optional(),
  replacement: anyText.optional(),
  action: oneOf(
    "replace",
    "keep",
    "drop",
    "keepequal",
    "dropequal",
    "hashmod",
    "labelmap",
    "labeldrop",
    "labelkeep",
    "lowercase",
    "uppercase",
  ).optional(),
});

const oneSchema = choose<Relabeling>((value) =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "relabeling"
    ? ruleSchema
    : "expected a rule of relabelling: what relabel(), dropMetrics() and the like return",
);

/** The schema of steps, as far as each rule's fields go; {@link reportRelabeling} looks at whole rules. */
export const relabelSchema: z.ZodType<readonly RelabelStep[]> = z.array(
  choose<RelabelStep>((value) => (Array.isArray(value) ? z.array(oneSchema) : oneSchema)),
  { error: "expected a list of rules" },
);

/** The actions that write the label `targetLabel`. */
const WRITES: readonly RelabelAction[] = ["replace", "hashmod", "lowercase", "uppercase"];
const COMPARES: readonly RelabelAction[] = ["keepequal", "dropequal"];
const BY_NAME: readonly RelabelAction[] = ["labeldrop", "labelkeep"];

/** Reports what Prometheus refuses in rules whose fields are right in themselves. */
export function reportRelabeling(steps: readonly RelabelStep[], scheme: NameValidationScheme, report: Report): void {
  for (const [i, step] of steps.entries()) {
    for (const [j, rule] of relabelRules([step]).entries()) {
      const below = isList(step) ? [i, j] : [i];
      reportRule(rule, scheme, (message, ...path) => report(message, ...below, ...path));
    }
  }
}

function reportRule(rule: Relabeling, scheme: NameValidationScheme, report: Report): void {
  const { action, targetLabel, replacement, regex } = fullRelabeling(rule);
  const valid = scheme === "utf8" ? isUtf8Name : isLegacyName;
  const template = scheme === "utf8" ? isUtf8Name : isLegacyTemplate;
  if (isList(rule.regex) && rule.regex.length !== rule.sourceLabels?.length) {
    report(`${rule.regex.length} patterns for ${rule.sourceLabels?.length ?? 0} labels: give one for each`, "regex");
  }
  if ((action === "keep" || action === "drop") && !rule.sourceLabels?.length) {
    report(`${action} reads no label, so that it would treat all alike: name at least one`, "sourceLabels");
  }
  if (action === "hashmod" && rule.modulus === undefined) report("hashmod needs a modulus", "modulus");
  if (WRITES.includes(action) || COMPARES.includes(action)) {
    const filledIn = action === "replace" && targetLabel.includes("$");
    if (targetLabel === "") report(`${action} needs a targetLabel`, "targetLabel");
    else if (!(filledIn ? template : valid)(targetLabel)) report(badName(targetLabel, scheme), "targetLabel");
  }
  if (action === "labelmap" && !template(replacement)) report(badName(replacement, scheme), "replacement");
  if ((action === "lowercase" || action === "uppercase") && replacement !== "$1") {
    report(`${action} takes no replacement`, "replacement");
  }
  const taken: readonly string[] | undefined = COMPARES.includes(action)
    ? ["sourceLabels", "targetLabel"]
    : BY_NAME.includes(action)
      ? ["regex"]
      : undefined;
  if (taken === undefined) return;
  for (const [field, normal] of Object.entries(DEFAULTS)) {
    const given = field === "regex" ? (rule.regex === undefined ? undefined : regex) : rule[field as keyof RelabelSpec];
    if (!taken.includes(field) && given !== undefined && given !== normal) {
      report(`${action} takes ${taken.join(" and ")} only`, field);
    }
  }
}

/** What may be written although an action does not take it, since it changes nothing. */
const DEFAULTS = {
  sourceLabels: undefined,
  separator: ";",
  regex: "(.*)",
  modulus: 0,
  targetLabel: "",
  replacement: "$1",
};

function badName(name: string, scheme: NameValidationScheme): string {
  const hint = scheme === "legacy" ? ": under the legacy scheme use letters, digits and _" : "";
  return `${JSON.stringify(name)} cannot name a label${hint}`;
}

/** Whether Prometheus takes this as a label's name. */
export function isLabelName(name: string, scheme: NameValidationScheme): boolean {
  return scheme === "utf8" ? isUtf8Name(name) : isLegacyName(name);
}

function isUtf8Name(name: string): boolean {
  return name !== "" && isUnicode(name);
}

function isLegacyName(name: string): boolean {
  return /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name);
}

function isLegacyTemplate(name: string): boolean {
  return /^(?:[a-zA-Z_]|\$(?:\{\w+\}|\w+))(?:\w|\$(?:\{\w+\}|\w+))*$/.test(name);
}

function patternProblems(pattern: unknown): readonly string[] {
  if (typeof pattern !== "string" && !(pattern instanceof RegExp)) return ["expected a pattern: a text or a RegExp"];
  if (pattern instanceof RegExp) {
    const flags = pattern.flags.replace(/[su]/g, "");
    if (flags.includes("i")) return [`${pattern} has the flag i, which gets lost: write (?i) at the start of a text`];
    if (flags !== "") return [`${pattern} has the flags ${flags}, which mean nothing to Prometheus: leave them out`];
  }
  const source = patternSource(pattern);
  if (!isUnicode(source)) return ["holds half of a surrogate pair, which UTF-8 cannot express"];
  const regex = compileRegex(source);
  return isRegexMistake(regex) ? [`${JSON.stringify(source)} is no regular expression of RE2: ${regex.mistake}`] : [];
}

function patternSource(pattern: Pattern): string {
  return typeof pattern === "string" ? pattern : pattern.source;
}

/** A separator that cannot be mistaken for a part of a value: the usual one only where the values are known. */
function safeSeparator(patterns: readonly Pattern[]): string {
  const known = patterns.every((pattern) => {
    const regex = compileRegex(patternSource(pattern));
    return !isRegexMistake(regex) && regex.values?.every((value) => !value.includes(";"));
  });
  return known ? ";" : "\u001f";
}

function joinPatterns(patterns: readonly Pattern[], separator: string): string {
  return patterns.map((pattern) => group(unanchored(patternSource(pattern)))).join(quoteRegex(separator));
}

function group(source: string): string {
  return /^[\w -]*$/.test(source) ? source : `(?:${source})`;
}

// Each pattern matches the whole of its value anyway, and an anchor amid the joined pattern would never match.
function unanchored(source: string): string {
  const start = source.replace(/^\^/, "");
  return /(?:^|[^\\])(?:\\\\)*\$$/.test(start) ? start.slice(0, -1) : start;
}

function isList<T>(value: T | readonly T[] | undefined): value is readonly T[] {
  return Array.isArray(value);
}
