import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Io } from "../../src/cli/io.ts";
import { proveAlerts } from "../../src/cli/prove.ts";
import { runTests, type TestOptions } from "../../src/cli/test.ts";
import { importsScenarios } from "../../src/testing/imports-scenarios.ts";

const RULES = `groups:
- name: catalog
  rules:
  - alert: InventoryLow
    expr: stock < 10 or stock > 1000
    for: 2m
`;

const TEST = (more = "") => `rule_files: [rules.yml]
tests:
- name: stock
  interval: 1m
  input_series: [{series: 'stock{sku="mug"}', values: 9x20}]
  alert_rule_test:
  - {eval_time: 1m, alertname: InventoryLow}
  - {eval_time: 5m, alertname: InventoryLow, exp_alerts: [{exp_labels: {sku: mug}}]}
${more}`;

function folderOf(files: Readonly<Record<string, string>>): string {
  const cwd = mkdtempSync(join(tmpdir(), "tocsin-test-"));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  return cwd;
}

function ioIn(cwd: string, stop: AbortSignal = new AbortController().signal) {
  const told = { out: "", err: "" };
  const io: Io = {
    stdout: { write: (text: string) => (told.out += text) },
    stderr: { write: (text: string) => (told.err += text) },
    env: {},
    cwd,
    listenForStop: () => stop,
    readStdin: async () => "",
  };
  return { io, told };
}

async function run(files: Readonly<Record<string, string>>, options: Partial<TestOptions> = {}) {
  const cwd = folderOf(files);
  const { io, told } = ioIn(cwd);
  const code = await runTests({ files: ["test.yml"], ...options }, io);
  const read = (file: string) => readFileSync(join(cwd, file), "utf8").replaceAll(cwd, ".");
  return { code, out: told.out.replaceAll(cwd, "."), err: told.err, read };
}

describe("coverage of unit tests", () => {
  const files = { "rules.yml": RULES, "test.yml": TEST() };

  it("names each branch that never gave a result", async () => {
    const { code, out } = await run(files, { coverage: true });
    expect(out).toContain(
      "./rules.yml:4 InventoryLow: no test where it\n  gives a result: stock > 1000\nCoverage: 75% (3 of 4 points of 1 rules)\n",
    );
    expect(code).toBe(0);
  });

  it("fails the run below its threshold alone", async () => {
    expect((await run(files, { threshold: "75" })).code).toBe(0);
    expect(await run(files, { threshold: "76%" })).toMatchObject({ code: 1, err: "Less than 76% is covered.\n" });
    await expect(run(files, { threshold: "most" })).rejects.toThrow(/is no percentage/);
  });

  it("is there as JSON, and as LCOV against the rules' lines", async () => {
    const { read } = await run(files, { coverageJson: "out/coverage.json", lcov: "out/lcov.info" });
    expect(JSON.parse(read("out/coverage.json"))).toMatchObject({
      share: 0.75,
      rules: [{ name: "InventoryLow", line: 4, fired: true, quiet: true }],
    });
    expect(read("out/lcov.info")).toBe(
      "TN:\nSF:./rules.yml\nBRDA:4,0,0,1\nBRDA:4,0,1,1\nBRDA:4,0,2,1\nBRDA:4,0,3,0\nBRF:4\nBRH:3\nDA:4,1\nLF:1\nLH:1\nend_of_record\n",
    );
  });

  it("asks nobody to see a dead man's switch stay quiet", async () => {
    const rules = RULES.replace("stock < 10 or stock > 1000", "vector(1)").replace("    for: 2m\n", "");
    const test =
      "rule_files: [rules.yml]\ntests:\n- alert_rule_test: [{eval_time: 1m, alertname: InventoryLow, exp_alerts: [{}]}]\n";
    expect(await run({ "rules.yml": rules, "test.yml": test }, { threshold: "100" })).toMatchObject({ code: 0 });
  });
});

it("runs again when a rule file changes, until it is asked to stop", async () => {
  const cwd = folderOf({ "rules.yml": RULES, "test.yml": TEST() });
  const stop = new AbortController();
  const { io, told } = ioIn(cwd, stop.signal);
  const running = runTests({ files: ["test.yml"], watch: true }, io);
  await expect.poll(() => told.out, { timeout: 30_000 }).toContain("ok   test.yml");
  // Whoever watches may not be watching yet: it is written until somebody notices.
  await expect
    .poll(
      () => {
        writeFileSync(join(cwd, "rules.yml"), RULES.replace("for: 2m", "for: 20m"));
        return told.out;
      },
      { timeout: 30_000, interval: 200 },
    )
    .toContain("FAIL test.yml");
  stop.abort();
  expect(await running).toBe(0);
});

describe("what rule_files may name", () => {
  it("is a PrometheusRule object", async () => {
    const rule = `apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: catalog}\nspec:\n${RULES.replace(/^/gm, "  ")}`;
    expect((await run({ "rules.yml": rule, "test.yml": TEST() })).code).toBe(0);
  });

  it("is nothing but UTF-8", async () => {
    const cwd = folderOf({ "test.yml": TEST() });
    writeFileSync(join(cwd, "rules.yml"), Buffer.from(RULES.replace("catalog", "caf\u00e9"), "latin1"));
    const { io, told } = ioIn(cwd);
    expect(await runTests({ files: ["test.yml"] }, io)).toBe(1);
    expect(told.out).toContain("its text is not UTF-8");
  });

  it.each([
    ["a field that nobody knows", RULES.replace("    for:", "    fro: x\n    for:"), /fro/],
    ["a duration that is none", RULES.replace("2m", "2 m"), /2 m/],
    ["an expression that is none", RULES.replace("stock < 10", "stock <"), /unexpected/],
    ["a template that cannot be read", `${RULES}    annotations: {summary: "{{ $labels.sku"}\n`, /unclosed action/],
  ])("fails the test where it holds %s", async (_, rules, message) => {
    const { code, out } = await run({ "rules.yml": rules, "test.yml": TEST() });
    expect(out).toMatch(message);
    expect(code).toBe(1);
  });
});

describe("input that no server would store", () => {
  it.each([
    ["a repeated infinity, which is a word of its own", "stock", "Infx3", /unexpected identifier "Infx3"/],
    ["a label twice", 'stock{sku="mug", sku="shirt"}', "1x3", /label name "sku" is not unique/],
    ["a histogram with fewer than no observations", "stock", "{{count:1 buckets:[-1 2]}}", /observation count of -1/],
    ["a histogram of a resolution that does not exist", "stock", "{{schema:9}}", /got schema 9/],
  ])("fails the test: %s", async (_, series, values, message) => {
    const test = `tests: [{input_series: [{series: '${series}', values: '${values}'}], promql_expr_test: [{expr: up, eval_time: 5m}]}]`;
    const { code, out } = await run({ "test.yml": test });
    expect(out).toMatch(message);
    expect(code).toBe(1);
  });

  it("is a template's first series in the order in which they came", async () => {
    const rules =
      'groups: [{name: g, rules: [{alert: A, expr: vector(1), annotations: {first: "{{ (query `stock` | first).Labels.sku }}"}}]}]';
    const test = `rule_files: [rules.yml]
tests:
- interval: 1m
  input_series: [{series: 'stock{sku="late"}', values: _ 1x9}, {series: 'stock{sku="early"}', values: 1x9}]
  alert_rule_test: [{eval_time: 5m, alertname: A, exp_alerts: [{exp_annotations: {first: early}}]}]
`;
    expect((await run({ "rules.yml": rules, "test.yml": test })).code).toBe(0);
  });
});

it("knows test files with scenarios from others, also by way of helpers", () => {
  const cwd = folderOf({
    "a.test.ts": 'import { scenario } from "tocsin/testing";\n',
    "b.test.ts": 'import { it } from "vitest";\nimport { start } from "./helpers/start.js";\n',
    "c.test.ts": 'import { it } from "vitest";\nconst text = `tocsin/testing`;\n',
    "helpers/start.ts": 'export {\n  scenario,\n} from "tocsin/testing";\nimport "../b.test.ts";\n',
  });
  const found = ["a", "b", "c"].filter((name) => importsScenarios(join(cwd, `${name}.test.ts`)));
  expect(found).toEqual(["a", "b"]);
});

describe("a folder of unit tests", () => {
  const files = {
    "rules/rules.yml": RULES,
    "rules/test.yml": TEST(),
    "rules/more/b.yaml": "rule_files: []\ntests: []\n",
  };

  it("stands for all unit tests below it, and for no other files", async () => {
    const { code, out } = await run(files, { files: ["rules"] });
    expect(out).toBe(
      "ok   rules/more/b.yaml (0 assertions)\nok   rules/test.yml (2 assertions)\n2 of 2 files passed\n",
    );
    expect(code).toBe(0);
  });

  it("that has none is refused", async () => {
    await expect(run({ "rules/rules.yml": RULES }, { files: ["rules"] })).rejects.toThrow(
      "There are no unit tests below rules: no YAML files with `tests:`.",
    );
  });
});

it("a GitHub workflow is told of each failure at its line", async () => {
  const cwd = folderOf({ "rules.yml": RULES.replace("for: 2m", "for: 20m"), "test.yml": TEST() });
  const { io, told } = ioIn(cwd);
  const code = await runTests({ files: ["test.yml"] }, { ...io, env: { GITHUB_ACTIONS: "true" } });
  expect(told.out.split("\n").filter((line) => line.startsWith("::"))).toEqual([
    expect.stringMatching(
      /^::error file=test.yml,line=8,title=stock::test.yml:8 InventoryLow at 5m%0A- does not fire: /,
    ),
  ]);
  expect(code).toBe(1);
});

it("tocsin prove --write writes a test for each alert of the name, with all that the project exports", async () => {
  const root = join(import.meta.dirname, "../..");
  const cwd = folderOf({});
  const { io } = ioIn(cwd);
  expect(await proveAlerts({ alert: "DiskLow", root, write: "disk.test.ts" }, io)).toBe(0);
  const text = readFileSync(join(cwd, "disk.test.ts"), "utf8");
  expect(text).toMatch(/^import \* as machines from "[./]+.*\/monitors\/machines.ts";$/m);
  expect(text).toContain(
    "const monitors = { catalog, checkout, dashboards, deliveries, environments, machines, platform, teams };",
  );
  expect(text).toMatch(/it\("DiskLow fires as diskLow.ticket", .*toFire\(machines.diskLow.ticket\);/s);
  expect(text).toMatch(/it\("DiskLow fires as diskLow.page", .*toFire\(machines.diskLow.page\);/s);
});

describe("tocsin prove --rules", () => {
  it("tells what is impossible from what was not found", async () => {
    const rules = `groups:
- name: g
  rules:
  - {alert: Possible, expr: stock < 10}
  - {alert: Impossible, expr: up == 2}
  - {alert: Brief, expr: 'stock and on () (vector(time()) % 120 < 60)', for: 5m}
`;
    const cwd = folderOf({ "rules.yml": rules });
    const prove = async (options: object) => {
      const { io, told } = ioIn(cwd);
      return { code: await proveAlerts({ rules: ["rules.yml"], ...options }, io), out: told.out };
    };
    expect(await prove({})).toMatchObject({
      code: 1,
      out: expect.stringContaining("error: Impossible can never fire: up is between 0 and 1, and never == 2"),
    });
    expect(await prove({ alert: "Possible" })).toMatchObject({ code: 0, out: expect.stringContaining("fires at") });
    const brief = await prove({ alert: "Brief" });
    expect(brief.out).toContain("warning: no series were found that make Brief fire: its condition never holds");
    expect(brief.code).toBe(0);
    expect((await prove({ alert: "Brief", strict: true })).code).toBe(1);
  });
});

const promtool = process.env.TOCSIN_PROMTOOL;

it.skipIf(promtool === undefined)("agrees with promtool (TOCSIN_PROMTOOL) on what passes and what fails", async () => {
  const tests = [
    TEST(),
    TEST().replace("eval_time: 5m", "eval_time: 1m"),
    TEST("  external_labels: {a: b}\n"),
    TEST("  nobody: knows\n"),
    TEST().replace("9x20", "9x20 x"),
    TEST().replace("rules.yml", "none.yml"),
    TEST().replace("rules.yml", "r*.yml"),
    TEST().replace("1m, a", "1 m, a"),
    "tests: [",
    "",
  ];
  const cwd = folderOf({ "rules.yml": RULES, ...Object.fromEntries(tests.map((text, i) => [`${i}.yml`, text])) });
  for (const i of tests.keys()) {
    const { status } = spawnSync(promtool as string, ["test", "rules", `${i}.yml`], { cwd });
    expect([i, await runTests({ files: [`${i}.yml`] }, ioIn(cwd).io)]).toEqual([i, status]);
  }
});
