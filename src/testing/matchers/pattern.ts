/** Labels and annotations that are expected: in part, by pattern, or exactly. */
import type { LabelSet } from "../../label/label-set.ts";
import type { LABEL } from "../../plan/conventions.ts";
import type { ActiveAlert } from "../scenario/instant.ts";

/** A text, or a pattern that it holds. */
export type Pattern = string | RegExp;

/** The labels that every alert carries, beside those of its condition. */
export type CommonLabel = keyof typeof LABEL | "alertname";

/** Labels that an alert has to have: each a text or a pattern. */
export type LabelPatterns<L extends string> = { readonly [K in L | CommonLabel]?: Pattern };

/** What else an alert is expected to carry. */
export interface Expected {
  /** Labels whatever their names, such as those that a group adds. */
  readonly labels?: Readonly<Record<string, Pattern>>;
  readonly annotations?: Readonly<Record<string, Pattern>>;
  /** Whether these labels and annotations are all there are; `alertname` goes without saying. */
  readonly exactly?: boolean;
}

type Patterns = Readonly<Record<string, Pattern | undefined>>;

export interface AlertExpectation {
  readonly labels: Patterns;
  readonly annotations: Patterns;
  readonly exactly: boolean;
}

export function expectation(labels: Patterns = {}, expected: Expected = {}): AlertExpectation {
  return {
    labels: { ...expected.labels, ...labels },
    annotations: expected.annotations ?? {},
    exactly: expected.exactly ?? false,
  };
}

export function fits(alert: ActiveAlert, { labels, annotations, exactly }: AlertExpectation): boolean {
  if (!fitsAll(alert.labels, labels)) return false;
  if (exactly && Object.keys(alert.labels).some((name) => name !== "alertname" && labels[name] === undefined))
    return false;
  if (!fitsAll(alert.annotations, annotations)) return false;
  return !exactly || Object.keys(alert.annotations).every((name) => annotations[name] !== undefined);
}

export function fitsAll(texts: LabelSet, patterns: Patterns): boolean {
  return Object.entries(patterns).every(([name, pattern]) => {
    if (pattern === undefined) return true;
    const text = texts[name] ?? "";
    // A pattern with the flag "g" remembers where it was: a copy begins anew.
    return typeof pattern === "string" ? text === pattern : new RegExp(pattern).test(text);
  });
}

/** `{sku="mug", severity=~/tick/}` */
export function showPatterns(patterns: Patterns): string {
  const parts = Object.entries(patterns).flatMap(([name, pattern]) => {
    if (pattern === undefined) return [];
    return [typeof pattern === "string" ? `${name}=${JSON.stringify(pattern)}` : `${name}=~${String(pattern)}`];
  });
  return parts.length === 0 ? "" : `{${parts.join(", ")}}`;
}
