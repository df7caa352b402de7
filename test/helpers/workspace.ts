/** Builds workspaces from texts, as a user's files would be. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as tocsin from "tocsin";
import * as promql from "tocsin/promql";
import { onTestFinished } from "vitest";
import { type Diagnostic, lineAndColumn } from "../../src/diagnostic/diagnostic.ts";
import { compile } from "../../src/emit/compile.ts";
import type { Compiled, CompileOptions } from "../../src/emit/compile-result.ts";
import { createLoader } from "../../src/source/load.ts";
import { resolvePlaces } from "../../src/source/place.ts";

export interface Built extends Omit<Compiled, "diagnostics"> {
  readonly diagnostics: readonly Diagnostic[];
  /** The text of a file that was made. */
  file(path: string): string;
}

/** Compiles files given as texts; a single text is `monitors/shop.ts`. */
export async function buildTexts(
  files: string | Readonly<Record<string, string>>,
  options: Pick<CompileOptions, "environment"> = {},
): Promise<Built> {
  const root = mkdtempSync(join(tmpdir(), "tocsin-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(typeof files === "string" ? { "monitors/shop.ts": files } : files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const { modules, diagnostics } = await createLoader(root, { provided: { tocsin, "tocsin/promql": promql } }).load();
  const compiled =
    diagnostics.length > 0 ? { files: [], diagnostics: [], summary: NOTHING } : compile(modules, { root, ...options });
  return {
    ...compiled,
    diagnostics: [...diagnostics, ...(await resolvePlaces(compiled.diagnostics))],
    file: (path) => compiled.files.find((file) => file.path === path)?.text ?? `no file ${path}`,
  };
}

const NOTHING = { services: 0, alerts: 0, recordingRules: 0, dashboards: 0, environments: 0 };

/** A diagnostic in one line: code, message, and the text it points at. */
export function inShort({ code, message, place }: Diagnostic): string {
  if (place === undefined) return `${code}: ${message}`;
  const { line } = lineAndColumn(place.source, place.start);
  return `${code}: ${message} [${place.file}:${line} ${place.source.slice(place.start, place.end)}]`;
}

/** The smallest shop: a team and a service, for tests to add to. */
export const SHOP = `
import { alert, by, counter, dashboard, email, environment, gauge, histogram, on, oneOf, override, pagerduty, panel, promql, record, ruleGroup, service, slack, team, threshold, timeInterval, upTo, webhook, wechat } from "tocsin";
export const storefront = team("storefront", { page: webhook("desk", { url: "http://desk.example/" }) });
export const catalog = service("catalog", {
  owner: storefront,
  metrics: { inventory: gauge("catalog_inventory_items", { help: "Items in stock.", labels: { sku: upTo(9) } }) },
});
export const stock = catalog.metrics.inventory.sum(by("sku"));
`;
