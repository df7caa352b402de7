/** What a watch makes of a workspace after an edit is what a build makes that has never seen another. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tocsin from "tocsin";
import { expect, it, onTestFinished } from "vitest";
import { compile } from "../../src/emit/compile.ts";
import { createLoader, type Loader } from "../../src/source/load.ts";
import { resolvePlaces } from "../../src/source/place.ts";
import { inShort } from "../helpers/workspace.ts";

const SERVICES = ["catalog", "checkout", "search", "mail"] as const;

/** What an edit changes of one service's file. */
interface Facets {
  readonly threshold: number;
  readonly skus: number;
  readonly warehouse: boolean;
  readonly open: boolean;
  readonly unit: boolean;
  readonly records: boolean;
  readonly reads: number;
  readonly grouped: boolean;
  readonly severity: "page" | "ticket";
}

/** One service, which reads what another provides by its name in a text. */
function serviceText(name: string, index: number, facets: Facets): string {
  const { threshold, skus, warehouse, open, unit, records, reads, grouped, severity } = facets;
  const other = SERVICES[reads % SERVICES.length] as string;
  return `
import { alert, by, dashboard, gauge, oneOf, panel, promql, record, service, upTo } from "tocsin";
import { storefront } from "./teams.ts";
export const ${name} = service("${name}", {
  owner: storefront,
  runbooks: "https://runbooks.shop.example/${name}",
  metrics: {
    items: gauge("${name}_items${unit ? "_bytes" : ""}", {
      help: "Items of ${threshold}.",
      labels: { sku: upTo(${skus})${warehouse ? ', warehouse: oneOf("fra", "iad")' : ""} },
    }),
  },
  scrape: { targets: ["${name}:8080"]${open ? ', labels: { zone: "eu" }' : ""} },
});
const level = promql\`sum by (${grouped ? "sku" : "warehouse"}) (${other}_items)\`.labels();
${records ? `export const recorded = record("sku:${name}_items:sum", { service: ${name}, expr: ${name}.metrics.items.sum(by("sku")) });` : ""}
export const low = alert("Low", {
  service: ${name}, when: ${name}.metrics.items.sum(by("sku")).below(${threshold}), severity: "${severity}",
  summary: ({ sku }, left) => \`\${left} of \${sku}\`,
});
export const elsewhere = alert("Elsewhere", {
  service: ${name}, when: level.above(${threshold + index}), severity: "page",
  summary: "{{ $labels.${grouped ? "sku" : "warehouse"} }} of ${other}",
});
export const down = alert("Down", { service: ${name}, when: ${name}.up.below(1), severity: "ticket", summary: "down" });
export const board = dashboard("${name}", {
  owner: storefront,
  rows: { Items: [panel("Items", ${name}.metrics.items), panel("Level", level), panel("Sum", promql\`sku:${other}_items:sum\`.labels())] },
});
`;
}

const TEAMS = `
import { environment, team, webhook } from "tocsin";
export const storefront = team("storefront", {
  page: webhook("desk", { url: "http://desk.example/" }), ticket: webhook("tickets", { url: "http://tickets.example/" }),
});
export const production = environment("production", { grafana: { url: "https://grafana.shop.example/" } });
`;

async function build(root: string, loader: Loader) {
  const { modules, diagnostics } = await loader.load();
  const compiled = compile(modules, { root });
  const all = [...diagnostics, ...(await resolvePlaces(compiled.diagnostics))];
  return { files: compiled.files, problems: all.map(inShort) };
}

/** The same numbers in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

it.each([1, 2])("makes after every edit what a build makes that knows nothing of before (%i)", async (seed) => {
  const root = mkdtempSync(join(tmpdir(), "tocsin-again-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, "monitors"));
  writeFileSync(join(root, "monitors/teams.ts"), TEAMS);
  const draw = numbers(seed);
  const facets: Facets[] = SERVICES.map((_, index) => ({
    threshold: 10,
    skus: 20,
    warehouse: true,
    open: false,
    unit: false,
    records: true,
    reads: index + 1,
    grouped: index % 2 === 0,
    severity: "page",
  }));
  const write = (index: number) => {
    const name = SERVICES[index] as string;
    const path = join(root, `monitors/${name}.ts`);
    writeFileSync(path, serviceText(name, index, facets[index] as Facets));
    return path;
  };
  SERVICES.forEach((_, index) => void write(index));
  const loader = createLoader(root, { provided: { tocsin } });
  await build(root, loader);
  let made = 0;
  for (let edit = 0; edit < 15; edit++) {
    const index = draw(SERVICES.length);
    facets[index] = { ...(facets[index] as Facets), ...EDITS[draw(EDITS.length)]?.(draw) };
    loader.invalidate([write(index)]);
    const again = await build(root, loader);
    const anew = await build(root, createLoader(root, { provided: { tocsin } }));
    expect(again).toEqual(anew);
    if (again.files.length > 0) made++;
  }
  // Not all edits are mistakes.
  expect(made).toBeGreaterThan(2);
});

const EDITS: readonly ((draw: (below: number) => number) => Partial<Facets>)[] = [
  (draw) => ({ threshold: 5 + draw(20) }),
  (draw) => ({ skus: [1, 20, 90_000][draw(3)] as number }),
  (draw) => ({ warehouse: draw(3) > 0 }),
  (draw) => ({ open: draw(2) === 0 }),
  (draw) => ({ unit: draw(6) === 0 }),
  (draw) => ({ records: draw(4) > 0 }),
  (draw) => ({ reads: draw(SERVICES.length) }),
  (draw) => ({ grouped: draw(2) > 0 }),
  (draw) => ({ severity: draw(2) === 0 ? "page" : "ticket" }),
];
