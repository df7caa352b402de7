import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { mutate } from "../../src/cli/mutate.ts";
import { runTests, type TestOptions } from "../../src/cli/test.ts";

const RULES = `groups:
- name: catalog
  interval: 2m
  rules:
  - record: sku:stock:sum
    expr: sum by (sku) (stock)
  - alert: InventoryLow
    expr: sku:stock:sum < 10
    for: 2m
    labels: {severity: ticket}
    annotations: {summary: "Only {{ $value }} of {{ $labels.sku }} left"}
`;

const TEST = (expected: string, more = "") => `rule_files: [rules.yml]
tests:
- name: stock
  interval: 1m
  input_series:
  - {series: 'stock{sku="mug", warehouse="fra"}', values: '20 20 9x20'}
${more}  alert_rule_test:
  - {eval_time: 3m, alertname: InventoryLow}
  - eval_time: 10m
    alertname: InventoryLow
    exp_alerts:${expected}
  promql_expr_test:
  - {expr: 'sku:stock:sum', eval_time: 2m, exp_samples: [{labels: 'sku:stock:sum{sku="mug"}', value: 9}]}
`;

const GOOD = `
    - exp_labels: {sku: mug, severity: ticket}
      exp_annotations: {summary: Only 9 of mug left}`;

/** Runs files given as texts, and says what was printed. */
async function run(files: Readonly<Record<string, string>>, options: Partial<TestOptions> = {}) {
  const cwd = mkdtempSync(join(tmpdir(), "tocsin-"));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  let printed = "";
  const stream = { write: (text: string) => (printed += text) };
  const io = {
    stdout: stream,
    stderr: stream,
    env: {},
    cwd,
    listenForStop: () => new AbortController().signal,
    readStdin: async () => "",
  };
  const names = Object.keys(files).filter((name) => name.includes("test"));
  const code = await runTests({ files: names, ...options }, io);
  return {
    code,
    printed: printed.replaceAll(cwd, "."),
    io,
    names,
    read: (file: string) => readFileSync(join(cwd, file), "utf8"),
  };
}

describe("tocsin test", () => {
  it("passes what is right", async () => {
    const { code, printed } = await run({ "rules.yml": RULES, "test.yml": TEST(GOOD) });
    expect(printed).toBe("ok   test.yml (3 assertions)\n");
    expect(code).toBe(0);
  });

  it.each([
    ["a label", GOOD.replace("severity: ticket", "severity: page")],
    ["an annotation", GOOD.replace("Only 9", "Only 8")],
    ["an alert that is not expected", " []"],
    ["an alert that does not fire", `${GOOD}\n    - exp_labels: {sku: shirt}`],
  ])("shows what differs: %s", async (_, expected) => {
    const { code, printed } = await run({ "rules.yml": RULES, "test.yml": TEST(expected) });
    expect(printed).toMatchSnapshot();
    expect(code).toBe(1);
  });

  it("shows samples that differ", async () => {
    const { printed } = await run({ "rules.yml": RULES, "test.yml": TEST(GOOD).replace("value: 9", "value: 8") });
    expect(printed).toMatchSnapshot();
  });

  it.each([
    ["series that are none", TEST(GOOD).replace("20 20 9x20", "20 x"), /test\.yml:6 1:\d+: parse error/],
    ["a field that nobody knows", TEST(GOOD, "  alerts: []\n"), /a test has no field "alerts"/],
    [
      "a group twice in the order",
      `group_eval_order: [a, a]\n${TEST(GOOD)}`,
      /group name repeated in evaluation order: a/,
    ],
    [
      "an alert without a name",
      TEST(GOOD).replace("alertname: InventoryLow}", "alertname: ''}"),
      /misses its alertname/,
    ],
    ["text that is no YAML", "tests: [", /This is not YAML/],
  ])("fails at %s", async (_, test, message) => {
    const { code, printed } = await run({ "rules.yml": RULES, "test.yml": test });
    expect(printed).toMatch(message);
    expect(code).toBe(1);
  });

  it("warns where no file matches, which is no failure by itself", async () => {
    const { code, printed } = await run({ "test.yml": "rule_files: [none-*.yml]\ntests: []\n" });
    expect(printed).toMatch(/warning: no file matches/);
    expect(code).toBe(0);
  });

  it("takes rule files by pattern", async () => {
    const { code } = await run({
      "rules-a.yml": RULES,
      "test.yml": TEST(GOOD).replace("rules.yml", "'rules-[a-c].y?l'"),
    });
    expect(code).toBe(0);
  });

  it("an empty line among the series ends them, as it does for promtool", async () => {
    const test = TEST(" []")
      .replace("'20 20 9x20'", '"20 20\\n\\n"')
      .replace(/ {2}promql_expr_test:\n.*\n/, "");
    expect((await run({ "rules.yml": RULES, "test.yml": test })).code).toBe(0);
  });

  it("ignores a group's interval like promtool, unless it is asked not to", async () => {
    const test = TEST(GOOD)
      .replace("eval_time: 2m, exp", "eval_time: 3m, exp")
      .replace("9x20", "9 8x20")
      .replace("value: 9", "value: 8");
    const files = { "rules.yml": RULES, "test.yml": test.replace("Only 9", "Only 8") };
    expect((await run(files)).code).toBe(0);
    expect((await run(files, { honourGroupInterval: true })).printed).toContain("+ {__name__=");
  });

  it("runs only tests whose name matches", async () => {
    const files = { "rules.yml": RULES, "test.yml": TEST(" []") };
    expect((await run(files, { run: ["(?i)^STOCK$"] })).code).toBe(1);
    expect((await run(files, { run: ["clicks", "views"] })).code).toBe(0);
    await expect(run(files, { run: ["("] })).rejects.toThrow(/is no regular expression/);
  });

  it("writes JUnit's XML and JSON", async () => {
    const files = { "rules.yml": RULES, "test.yml": TEST(" []") };
    const { printed, read } = await run(files, { junit: "out/junit.xml", json: true });
    expect(JSON.parse(printed)).toMatchObject({ ok: false, files: [{ file: "test.yml", passed: false }] });
    expect(read("out/junit.xml")).toBe(
      '<testsuites><testsuite name="test.yml" tests="1" failures="1" errors="0" skipped="0"><testcase name="stock">' +
        "<failure>test.yml:9 InventoryLow at 10m&#xA;+ fires: {alertname=&#34;InventoryLow&#34;, severity=&#34;ticket&#34;, sku=&#34;mug&#34;} with {summary=&#34;Only 9 of mug left&#34;}</failure>" +
        "</testcase></testsuite></testsuites>\n",
    );
  });

  it("tells of coverage", async () => {
    const { code, printed } = await run({ "rules.yml": RULES, "test.yml": TEST(GOOD) }, { threshold: "100" });
    expect(printed).toContain("Coverage: 100% (3 of 3 points of 2 rules)");
    expect(code).toBe(0);
    const partly = await run(
      { "rules.yml": RULES, "test.yml": TEST(GOOD).replace(/ {2}promql_expr_test:\n.*\n/, "") },
      { threshold: "100%" },
    );
    expect(partly.printed).toContain(
      "./rules.yml:5 sku:stock:sum: no test where it\n  is asserted\nCoverage: 66.6% (2 of 3 points of 2 rules)",
    );
    expect(partly.code).toBe(1);
  });

  it("tells which changes nobody notices", async () => {
    const { io, names } = await run({ "rules.yml": RULES, "test.yml": TEST(GOOD) });
    let printed = "";
    const code = await mutate(
      { files: names, threshold: "50" },
      { ...io, stdout: { write: (text) => (printed += text) } },
    );
    expect(printed).toMatch(/rules\.yml:7 InventoryLow: no test notices when < 10 becomes < 20/);
    expect(printed).toMatch(/Mutation score: \d+/);
    expect(code).toBe(0);
  });
});
