/** Reads Prometheus's own configuration back into what a user of the product would write. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { LIMIT_NAMES, SCRAPE_NAMES } from "../../../src/model/scrape/prometheus-name.ts";

export const corpora = process.env.TOCSIN_CORPORA ?? new URL("../../../../shared/corpora", import.meta.url).pathname;
export const hasCorpora = existsSync(`${corpora}/prometheus-config`);

export type Plain = Readonly<Record<string, unknown>>;

export interface Job {
  readonly file: string;
  readonly config: Plain;
}

/** All scrape jobs of the files under a folder of the corpus. */
export function jobsUnder(folder: string): readonly Job[] {
  const root = `${corpora}/prometheus-config/${folder}`;
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.ya?ml$/.test(file))
    .sort()
    .flatMap((file) => jobsIn(readFileSync(`${root}/${file}`, "utf8")).map((config) => ({ file, config })));
}

function jobsIn(source: string): readonly Plain[] {
  return parseAllDocuments(source).flatMap((document) => {
    if (!("toJS" in document) || document.errors.length > 0) return [];
    const root = document.toJS() as { scrape_configs?: unknown } | null;
    const jobs = typeof root === "object" && Array.isArray(root?.scrape_configs) ? root.scrape_configs : [];
    return jobs.filter((job) => typeof job === "object" && job !== null) as Plain[];
  });
}

const HERE = new Map(Object.entries(SCRAPE_NAMES).map(([here, there]) => [there, here]));
const LIMITS = new Map(Object.entries(LIMIT_NAMES).map(([here, there]) => [there, here]));
const MAPS = new Set(["labels", "params", "endpoint_params", "claims", "node_meta"]);
const RULE_TEXTS = new Set(["regex", "replacement", "separator", "action"]);
const RENAMED: Readonly<Record<string, string>> = { tls_config: "tls", http_headers: "headers", userid: "userId" };

/** A job of Prometheus as a specification: names changed one by one, values as they are. */
export function specOf({ job_name: _, ...job }: Plain): Plain {
  const spec: Record<string, unknown> = {};
  const limits: Record<string, unknown> = {};
  const discovery: unknown[] = [];
  const authorized = bearerToAuthorization(job);
  for (const [key, value] of Object.entries(authorized)) {
    const kind = /^(\w+)_sd_configs$/.exec(key)?.[1] ?? (key === "static_configs" ? "static" : undefined);
    const here = HERE.get(key);
    if (kind !== undefined) {
      for (const one of (value ?? []) as Plain[])
        discovery.push({ ...(camel(bearerToAuthorization(one)) as object), kind });
    } else if (key === "relabel_configs" || key === "metric_relabel_configs") {
      spec[HERE.get(key) as string] = ((value ?? []) as Plain[]).map((rule) => ruleOf(rule));
    } else if (LIMITS.has(key)) limits[LIMITS.get(key) as string] = sizeOf(value);
    else if (here !== undefined && value !== "") spec[here] = value;
    else if (value === "") continue;
    else Object.assign(spec, camel({ [key]: value }));
  }
  if (discovery.length > 0) spec.discovery = discovery;
  if (Object.keys(limits).length > 0) spec.limits = limits;
  return spec;
}

function ruleOf(rule: Plain): Plain {
  if (rule === null) return rule;
  const converted = camel(rule) as Record<string, unknown>;
  if (typeof converted.action === "string") converted.action = converted.action.toLowerCase();
  // YAML reads a port as a number, and Prometheus the text that stands there.
  if (converted.regex !== undefined) converted.regex = String(converted.regex);
  return { ...converted, kind: "relabeling" };
}

// Prometheus turns the one into the other while it loads.
function bearerToAuthorization({ bearer_token_file: file, ...rest }: Plain): Plain {
  return file === undefined ? rest : { ...rest, authorization: { credentials_file: file } };
}

// Prometheus counts in powers of two, whatever the unit says.
function sizeOf(value: unknown): unknown {
  return typeof value === "string" ? value.replace(/([KMGT])B$/, "$1iB") : value;
}

function camel(value: unknown, inMap = false): unknown {
  if (Array.isArray(value)) return value.map((item) => camel(item));
  if (typeof value !== "object" || value === null) return value;
  // Prometheus takes an empty text for one that is not there.
  const given = Object.entries(value).filter(([key, item]) => inMap || item !== "" || RULE_TEXTS.has(key));
  return Object.fromEntries(
    given.map(([key, item]) => {
      const name = inMap
        ? key
        : (RENAMED[key] ?? key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()));
      return [
        name,
        MAPS.has(key) && !inMap ? camel(item, true) : key === "http_headers" ? headersOf(item) : camel(item),
      ];
    }),
  );
}

function headersOf(headers: unknown): unknown {
  return Object.fromEntries(Object.entries(headers as object).map(([name, header]) => [name, camel(header)]));
}
