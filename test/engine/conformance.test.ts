import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runScript } from "../conformance/promqltest/run.ts";

const corpora = process.env.TOCSIN_CORPORA ?? fileURLToPath(new URL("../../../shared/corpora", import.meta.url));
const prometheus = `${corpora}/promqltest`;
const own = fileURLToPath(new URL(".", import.meta.url));

function scriptsIn(folder: string): readonly (readonly [name: string, path: string])[] {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".test")) : [];
  return files.map((file) => [file, `${folder}/${file}`]);
}

describe("the evaluator", () => {
  it.each(scriptsIn(own))("answers as %s expects", (_, path) => {
    expect(runScript(readFileSync(path, "utf8")).failures).toEqual([]);
  });

  it.skipIf(!existsSync(prometheus))("finds Prometheus's own tests, unless they are absent", () => {
    expect(scriptsIn(prometheus).length).toBeGreaterThan(0);
  });

  it.each(scriptsIn(prometheus))("answers as Prometheus's own %s expects", (_, path) => {
    const { passed, failures } = runScript(readFileSync(path, "utf8"));
    expect(failures).toEqual([]);
    expect(passed).toBeGreaterThan(0);
  });
});

describe("the runner of scripts", () => {
  const failuresOf = (script: string) => runScript(script).failures.map(({ line, reason }) => `${line}: ${reason}`);

  it("tells line, expected and got of each statement that fails", () => {
    const script = `load 1m
  stock{sku="mug"} 1 2 3

eval instant at 1m stock
  stock{sku="mug"} 5

eval instant at 1m stock
  stock{sku="cap"} 2

eval instant at 1m stock

eval instant at 1m stock + on () stock
  expect fail msg: something else

eval instant at 1m stock
  expect fail

eval instant at 1m rate(stock[2m])
  expect no_info
  {sku="mug"} 0.016666666666666666

eval range from 0 to 2m step 1m stock
  stock{sku="mug"} 1 2 4

eval instant at 1m 1 + 1
  3

eval instant at 1m stock
  expect ordered
  expect warn
  stock{sku="mug"} 2
`;
    expect(failuresOf(script)).toEqual([
      '4: expected 5 for stock{sku="mug"}, got 2',
      '7: unexpected stock{sku="mug"} with 2',
      '10: unexpected stock{sku="mug"} with 2',
      '12: expected the failure "something else", got a result',
      "15: expected the failure /^.*$/s, got a result",
      '18: expected no info, got PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "stock" (1:6)',
      '22: expected 4 for stock{sku="mug"} at 120000 ms, got 3 among 1 @0, 2 @60000, 3 @120000',
      "25: expected scalar 3, got 2",
      "28: expected the warning /^.*$/s, got none",
    ]);
  });

  it("fails what it cannot read, and goes on behind the next empty line", () => {
    const script = `evaluate something

load 1m
  stock 1

eval instant at 0 stock +

eval instant at soon stock

eval instant at 0 stock
  stock 1
`;
    const { passed, failures } = runScript(script);
    expect(passed).toBe(1);
    expect(failures.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
      "1: invalid evaluation command",
      "6: 1:8: parse error: unexpected end of input",
      '8: invalid duration "soon"',
    ]);
  });
});
