/** What all definitions have in common: frozen data with a kind, a name, what its author wrote, and where. */
import type { Origin } from "../source/origin.ts";

export const DEFINITION_KINDS = [
  "Team",
  "Receiver",
  "TimeInterval",
  "Metric",
  "Service",
  "RecordingRule",
  "RuleGroup",
  "AlertingRule",
  "Threshold",
  "Dashboard",
  "Environment",
] as const;

export type DefinitionKind = (typeof DEFINITION_KINDS)[number];

export interface Definition<K extends DefinitionKind = DefinitionKind, S = unknown> {
  readonly kind: K;
  readonly name: string;
  /** What the author wrote, untouched: the schema checks it when the workspace is built. */
  readonly spec: S;
  /** What else the author wrote, where the kind takes a third argument. */
  readonly options?: unknown;
  readonly origin: Origin;
}

/** Whether a value is a definition of this kind. Judged by shape: a workspace may hold definitions of two copies of tocsin. */
export function isDefinition<K extends DefinitionKind>(value: unknown, kind?: K): value is Definition<K> {
  if (typeof value !== "object" || value === null || !("kind" in value) || !("origin" in value)) return false;
  return kind === undefined ? (DEFINITION_KINDS as readonly unknown[]).includes(value.kind) : value.kind === kind;
}
