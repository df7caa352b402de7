/**
 * Relabelling carried out as Prometheus does it, so that a test can say what becomes of a target or a series.
 * https://github.com/prometheus/prometheus/blob/main/model/relabel/relabel.go
 */
import { createHash } from "node:crypto";
import type { RE2JS } from "re2js";
import type { LabelSet } from "../../label/label-set.ts";
import { re2 } from "../../label/re2.ts";
import {
  type FullRelabeling,
  fullRelabeling,
  isLabelName,
  type NameValidationScheme,
  type RelabelAction,
  type RelabelStep,
  relabelRules,
} from "./relabeling.ts";

/**
 * The labels that are left after all rules, or `undefined` where a rule drops the target or series.
 *
 * ```ts
 * applyRelabeling([keepTargets({ env: "prod" }), setLabel("team", "storefront")], { env: "prod" });
 * ```
 *
 * Throws where a pattern is no regular expression, which the build would have reported.
 */
export function applyRelabeling(
  rules: readonly RelabelStep[],
  labels: LabelSet,
  scheme: NameValidationScheme = "utf8",
): LabelSet | undefined {
  const state = new Labels(labels);
  for (const rule of relabelRules(rules)) {
    const full = fullRelabeling(rule);
    const value = full.sourceLabels.map((name) => state.get(name)).join(full.separator);
    const regex = compiled(full.regex);
    if (!ACTIONS[full.action]({ rule: full, value, regex, state, scheme })) return undefined;
  }
  return state.toLabelSet();
}

const KEPT = 1000;
const known = new Map<string, RE2JS>();

/** Compiling costs far more than matching, and the same few patterns come again for each target. */
function compiled(source: string): RE2JS {
  const found = known.get(source);
  if (found !== undefined) return found;
  if (known.size >= KEPT) known.clear();
  const regex = re2().compile(`^(?s:${source})$`);
  known.set(source, regex);
  return regex;
}

interface Step {
  readonly rule: FullRelabeling;
  /** The values of the source labels, joined. */
  readonly value: string;
  readonly regex: RE2JS;
  readonly state: Labels;
  readonly scheme: NameValidationScheme;
}

/** Each action; `false` drops. */
const ACTIONS: Readonly<Record<RelabelAction, (step: Step) => boolean>> = {
  keep: ({ regex, value }) => regex.matcher(value).find(),
  drop: ({ regex, value }) => !regex.matcher(value).find(),
  keepequal: ({ rule, value, state }) => state.get(rule.targetLabel) === value,
  dropequal: ({ rule, value, state }) => state.get(rule.targetLabel) !== value,
  replace: ({ rule, value, regex, state, scheme }) => {
    const matcher = regex.matcher(value);
    if (!matcher.find()) return true;
    const target = expand(rule.targetLabel, matcher);
    if (isLabelName(target, scheme)) state.set(target, expand(rule.replacement, matcher));
    return true;
  },
  lowercase: ({ rule, value, state }) => state.set(rule.targetLabel, mapLetters(value, lower)),
  uppercase: ({ rule, value, state }) => state.set(rule.targetLabel, mapLetters(value, upper)),
  hashmod: ({ rule, value, state }) => {
    const hash = createHash("md5").update(value, "utf8").digest().readBigUInt64BE(8);
    return state.set(rule.targetLabel, String(hash % BigInt(rule.modulus)));
  },
  labelmap: ({ rule, regex, state }) => {
    for (const [name, value] of state.entries()) {
      const matcher = regex.matcher(name);
      if (matcher.find()) state.set(expand(rule.replacement, matcher), value);
    }
    return true;
  },
  labeldrop: ({ regex, state }) => {
    for (const [name] of state.entries()) if (regex.matcher(name).find()) state.set(name, "");
    return true;
  },
  labelkeep: ({ regex, state }) => {
    for (const [name] of state.entries()) if (!regex.matcher(name).find()) state.set(name, "");
    return true;
  },
};

/** Labels in the order in which Prometheus walks them: the original ones sorted, then those written, by first writing. */
class Labels {
  readonly #original: Map<string, string>;
  readonly #written = new Map<string, string>();

  constructor(labels: LabelSet) {
    const names = Object.keys(labels).filter((name) => labels[name] !== "");
    this.#original = new Map(names.sort().map((name) => [name, labels[name] ?? ""]));
  }

  get(name: string): string {
    return this.#written.get(name) ?? this.#original.get(name) ?? "";
  }

  /** Writes a label; an empty value takes it away. */
  set(name: string, value: string): true {
    this.#original.delete(name);
    if (value === "") this.#written.delete(name);
    else this.#written.set(name, value);
    return true;
  }

  /** A copy, so that what is written meanwhile is not walked. */
  entries(): readonly (readonly [string, string])[] {
    return [...this.#original, ...this.#written];
  }

  toLabelSet(): LabelSet {
    return Object.fromEntries(this.entries().toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
}

type Matcher = ReturnType<RE2JS["matcher"]>;

/** Fills `$1`, `${1}` and `${name}` in, as Go's Regexp.Expand does: `$1x` is the group named `1x`, and `$$` a dollar. */
function expand(template: string, matcher: Matcher): string {
  return template.replace(/\$(?:(\$)|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu, (_, dollar, braced, bare) =>
    dollar === undefined ? groupOf(braced ?? bare, matcher) : "$",
  );
}

function groupOf(name: string, matcher: Matcher): string {
  if (/^(?:0|[1-9]\d*)$/.test(name)) {
    const index = Number(name);
    return index <= matcher.groupCount() ? (matcher.group(index) ?? "") : "";
  }
  return Object.hasOwn(matcher.pattern().namedGroups(), name) ? (matcher.group(name) ?? "") : "";
}

/** Changes letter by letter, as Go does: what has no counterpart of one letter stays, as the German sharp s. */
function mapLetters(text: string, map: (letter: string) => string): string {
  let result = "";
  for (const letter of text) {
    const mapped = map(letter);
    result += [...mapped].length === 1 ? mapped : letter;
  }
  return result;
}

function lower(letter: string): string {
  return letter === "İ" ? "i" : letter.toLowerCase();
}

function upper(letter: string): string {
  return letter.toUpperCase();
}
