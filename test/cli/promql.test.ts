import { describe, expect, it } from "vitest";
import { runPromql } from "../../src/cli/promql.ts";

describe("tocsin promql", () => {
  it("parse shows the tree", () => {
    const { stdout, exitCode } = runPromql("parse", "Inf");
    expect(JSON.parse(stdout)).toEqual({
      kind: "NumberLiteral",
      value: "Infinity",
      raw: "Inf",
      span: { start: 0, end: 3 },
    });
    expect(exitCode).toBe(0);
  });

  it("format prints as Prometheus does", () => {
    expect(runPromql("format", "sum(x)by(sku)").stdout).toBe("sum by (sku) (x)\n");
    expect(JSON.parse(runPromql("format", "sum( x )", { json: true }).stdout)).toEqual({
      pretty: "sum(x)",
      line: "sum(x)",
    });
  });

  it("check says what is wrong, where, and what was meant", () => {
    expect(runPromql("check", "sum(increse(x[5m]))")).toEqual({
      stdout: "",
      stderr: `1:5: parse error: unknown function with name "increse"
  Did you mean "increase"?
  sum(increse(x[5m]))
      ^^^^^^^
`,
      exitCode: 1,
    });
  });

  it("check asks for the features that a server must be started with", () => {
    expect(runPromql("check", "info(x)").stderr).toContain('function "info" is not enabled');
    const { stdout } = runPromql("check", "info(x)", { features: ["promql-experimental-functions"] });
    expect(stdout).toBe("ok: reads from Prometheus 2.55 on with --enable-feature=promql-experimental-functions\n");
  });

  it("labels says what is left", () => {
    expect(
      runPromql("labels", 'sum by (sku) (rate(catalog_clicks_total{page="home"}[5m]))').stdout,
    ).toMatchInlineSnapshot(`
      "vector, returns sometimes: there may be no such series
      value: rate
      may    sku: the series may have it
      cannot any other label: sum by (sku) drops it
      "
    `);
    expect(JSON.parse(runPromql("labels", "vector(1)", { json: true }).stdout)).toMatchObject({
      type: "vector",
      returns: { when: "always" },
      others: { status: "cannot" },
    });
  });

  it("answers errors in JSON too", () => {
    const { stdout, exitCode } = runPromql("labels", "sum(", { json: true });
    expect(JSON.parse(stdout)).toMatchObject({ errors: [{ message: "unclosed left parenthesis", start: 4 }] });
    expect(exitCode).toBe(1);
  });
});
