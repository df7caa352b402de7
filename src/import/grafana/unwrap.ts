/** Finds the dashboards in what they are wrapped in: answers of Grafana's API, objects of Kubernetes, lists, bundles. */
import { type Json, object } from "./json.ts";

export interface Found {
  readonly dashboard: Json;
  /** What it lies in: what is said of it there, its name or its inputs; itself, where it lies in nothing. */
  readonly wrapper: Json;
}

/** Wrappers lie within wrappers; deeper than this there are no dashboards. */
const DEEPEST = 6;

/** What a file of JSON holds; some editors put a byte order mark in front. */
export function parseJson(written: string): unknown {
  return JSON.parse(written.replace(/^\uFEFF/, ""));
}

/** The dashboards in `json`, in the order in which they stand there. */
export function unwrap(json: unknown): readonly Found[] {
  return [...find(json, undefined, 0)];
}

function* find(value: unknown, wrapper: Json | undefined, depth: number): Generator<Found> {
  if (depth > DEEPEST) return;
  if (Array.isArray(value)) {
    for (const one of value) yield* find(one, wrapper, depth + 1);
    return;
  }
  // A ConfigMap and an operator's object hold a dashboard as a text.
  const found = typeof value === "string" ? parsed(value) : value;
  const inner = object(found);
  if (isDashboard(inner)) yield { dashboard: inner, wrapper: wrapper ?? inner };
  else if (Array.isArray(found)) yield* find(found, wrapper, depth + 1);
  else for (const one of Object.values(inner)) yield* find(one, inner, depth + 1);
}

function parsed(written: string): unknown {
  if (!/^[\s\uFEFF]*[{[]/.test(written)) return undefined;
  try {
    return parseJson(written);
  } catch {
    return undefined;
  }
}

/** What only dashboards have beside a title. */
const OF_DASHBOARDS = ["schemaVersion", "templating", "timepicker"] as const;

function isDashboard(json: Json): boolean {
  if (isV2(json)) return true;
  // A row and a panel may hold panels, too.
  if (Object.hasOwn(json, "gridPos")) return false;
  if (Array.isArray(json.panels) || Array.isArray(json.rows)) return true;
  return Object.hasOwn(json, "title") && OF_DASHBOARDS.some((key) => Object.hasOwn(json, key));
}

/** Whether it is a dashboard of schema v2. */
export function isV2(json: Json): boolean {
  return Object.hasOwn(json, "elements") && Object.hasOwn(json, "layout");
}
