import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { Node, Project } from "ts-morph";
import { afterAll, describe, expect, it } from "vitest";

const ENTRIES = { tocsin: "index", "tocsin/promql": "promql", "tocsin/testing": "testing" } as const;
type Entry = keyof typeof ENTRIES;

/** What the examples speak of: the shop. */
const SHOP = `
const storefront = team("storefront", {
  page: pagerduty("storefront-primary", { routingKeyFile: "/etc/alertmanager/pagerduty" }),
  ticket: webhook("desk", { url: "https://desk.shop.example/" }),
});
const platform = storefront;
const officeHours = timeInterval("office-hours", { weekdays: "monday:friday" });
const catalog = service("catalog", {
  owner: storefront,
  metrics: {
    inventory: gauge("catalog_inventory_items", { help: "Items.", labels: { sku: upTo(9), warehouse: oneOf("fra", "iad") } }),
    clicks: counter("catalog_clicks_total", { help: "Clicks.", labels: { sku: upTo(9), page: oneOf("home", "search") } }),
  },
});
const prometheus = prometheusService({ owner: platform, scrape: { targets: ["localhost:9090"] } });
const { inventory, clicks } = catalog.metrics;
const stock = inventory.sum(by("sku"));
const demand = clicks.rate("5m").sum(by("sku"));
const lowStock = threshold("low-stock", 10);
const route_ = { route: upTo(9) };
const requests = counter("requests_total", { help: "Requests.", labels: { ...route_, code: upTo(9) } });
const orders = counter("orders_total", { help: "Orders.", labels: { outcome: oneOf("placed", "failed") } });
const crashes = counter("crashes_total", { help: "Crashes." });
const latency = histogram("request_duration_seconds", { help: "Time to answer.", labels: route_, buckets: [0.1, 1] });
const open = gauge("requests_open", { help: "Requests in flight.", labels: route_ });
const memoryUsed = gauge("memory_used_bytes", { help: "Memory in use." });
const memoryTotal = gauge("memory_bytes", { help: "Memory." });
const lastImport = gauge("last_import_seconds", { help: "When the last import ended." });
`;

/** What stands before the examples of each entry. */
const BEFORE: Readonly<Record<Entry, string>> = {
  tocsin: SHOP,
  "tocsin/promql": "",
  "tocsin/testing": `
import { alert, by, counter, gauge, oneOf, pagerduty, prometheusService, service, team, threshold, timeInterval, upTo, webhook, histogram } from "tocsin";
import { expect } from "vitest";
${SHOP.replace("const catalog = service", "const catalogService = service").replaceAll("catalog.metrics", "catalogService.metrics")}
const shop = { catalogService };
const inventoryLow = alert("InventoryLow", { service: catalogService, when: stock.below(10), for: "10m", severity: "ticket", summary: "low" });
const catalog = { catalogService, inventoryLow };
const mug = { sku: "mug", warehouse: "fra" } as const;
const click = { sku: "mug", page: "home" } as const;
`,
};

interface Symbol {
  readonly entry: Entry;
  readonly name: string;
  readonly docs: string;
  readonly isFunction: boolean;
  readonly isValue: boolean;
}

const project = new Project({ tsConfigFilePath: "tsconfig.json", skipAddingFilesFromTsConfig: true });

/** All that a package's entries export. */
const symbols: readonly Symbol[] = (Object.keys(ENTRIES) as Entry[]).flatMap((entry) => {
  const file = project.addSourceFileAtPath(`src/${ENTRIES[entry]}.ts`);
  project.resolveSourceFileDependencies();
  return [...file.getExportedDeclarations()].map(([name, declarations]): Symbol => {
    const documented = declarations.map((one) => (Node.isVariableDeclaration(one) ? one.getVariableStatement() : one));
    const docs = documented.flatMap((one) => (one !== undefined && Node.isJSDocable(one) ? one.getJsDocs() : []));
    return {
      entry,
      name,
      docs: docs.map((one) => one.getInnerText()).join("\n"),
      isFunction: declarations.some((one) => Node.isFunctionDeclaration(one)),
      isValue: declarations.some((one) => Node.isFunctionDeclaration(one) || Node.isVariableDeclaration(one)),
    };
  });
});

/** Finds every block of an example in a text. */
function examplesIn(text: string): readonly string[] {
  return [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, example = ""]) => example.replace(/^export /gm, ""));
}

describe("everything that the package exports", () => {
  it("is described in a sentence", () => {
    expect(symbols.length).toBeGreaterThan(250);
    expect(symbols.filter(({ docs }) => !/^\S.*[.:!?)`a-z/]/s.test(docs)).map(({ name }) => name)).toEqual([]);
  });

  it("shows how it is called, where it is a function", () => {
    const calls = symbols.filter(({ isFunction }) => isFunction);
    expect(calls.filter(({ docs }) => examplesIn(docs).length === 0).map(({ name }) => name)).toEqual([]);
  });
});

describe("the examples", () => {
  // Within the repository, so that the package and vitest are found.
  const root = mkdtempSync(resolve("test/.docs-"));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  for (const entry of Object.keys(ENTRIES) as Entry[]) {
    const own = symbols.filter((one) => one.entry === entry);
    const names = own.filter(({ isValue }) => isValue).map(({ name }) => name);
    const examples = own.flatMap(({ name, docs }) => examplesIn(docs).map((text) => ({ name, text })));
    const blocks = examples.map(({ name, text }, i) => `export function ${name}_${i}() {\n${text}}\n`);
    writeFileSync(
      join(root, `${ENTRIES[entry]}.ts`),
      `import { ${names.join(", ")} } from "${entry}";\n${BEFORE[entry]}\n${blocks.join("\n")}`,
    );
  }

  it("type-check", { timeout: 120_000 }, () => {
    const config = {
      extends: resolve("tsconfig.json"),
      compilerOptions: {
        noUnusedLocals: false,
        paths: Object.fromEntries(Object.entries(ENTRIES).map(([entry, file]) => [entry, [resolve(`src/${file}.ts`)]])),
      },
      include: [`${root}/*.ts`],
      exclude: [],
    };
    writeFileSync(join(root, "tsconfig.json"), JSON.stringify(config));
    const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
    const { stdout } = spawnSync(process.execPath, [tsc, "--noEmit", "--pretty", "false", "-p", root], {
      encoding: "utf8",
    });
    expect(stdout.replaceAll(/^.*\.docs-\w+\//gm, "")).toBe("");
  });

  it.each(Object.values(ENTRIES))("of %s run", { timeout: 60_000 }, async (file) => {
    const examples: Readonly<Record<string, unknown>> = await import(/* @vite-ignore */ join(root, `${file}.ts`));
    const ran = Object.values(examples).filter((one) => typeof one === "function");
    for (const example of ran) example();
    expect(ran.length).toBeGreaterThan(5);
  });

  it("are all there", () => expect(readdirSync(root)).toHaveLength(4));
});
