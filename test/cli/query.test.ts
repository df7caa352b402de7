import { expect, it } from "vitest";
import { run } from "../../src/cli/run.ts";
import { temporaryFolder, worldIn } from "./world.ts";

const stock = `stock{sku="mug",warehouse="fra"} 40 25 9x10
stock{sku="mug",warehouse="iad"} 0x12
`;

async function query(...args: readonly string[]) {
  const world = worldIn(
    temporaryFolder({ "stock.txt": stock, "metrics.txt": 'up{job="catalog"} 1\n', "broken.txt": "up{ 1\n" }),
  );
  const code = await run(["query", ...args], world);
  return { code, out: world.out(), err: world.err() };
}

it("answers over series as tests write them", async () => {
  const answer = await query("sum by (sku) (stock) < 10", "--series", "stock.txt", "--at", "5m");
  expect(answer).toEqual({ code: 0, err: "", out: '{sku="mug"}  9\n' });
});

it("answers over what targets expose, several at once", async () => {
  const { code, out } = await query(
    "up or sum(stock)",
    "--series",
    "stock.txt",
    "--exposition",
    "metrics.txt",
    "--at",
    "5m",
    "--json",
  );
  expect(code).toBe(0);
  expect(out).toContain("catalog");
});

it.each([
  ["nothing to look at", ["up"], 2, "Name what to look at"],
  ["what is no PromQL", ["sum(", "--series", "stock.txt"], 1, "query/expression"],
  ["a file that is not there", ["up", "--series", "none.txt"], 1, "query/file"],
  ["series that are none", ["up", "--series", "broken.txt"], 1, "query/series"],
  ["an exposition that is none", ["up", "--exposition", "broken.txt"], 1, "query/exposition"],
  ["a time that is none", ["stock", "--series", "stock.txt", "--at", "noon"], 1, "query/time"],
  ["a warning of Prometheus", ["quantile(2, stock)", "--series", "stock.txt", "--at", "5m"], 0, "query/warning"],
  ["a hint of Prometheus", ["rate(stock[5m])", "--series", "stock.txt", "--at", "5m"], 0, "query/info"],
  [
    "what cannot be evaluated",
    ["stock + on (sku) stock", "--series", "stock.txt", "--at", "5m"],
    1,
    "query/evaluation",
  ],
])("says so where there is %s", async (_, args, expected, message) => {
  const { code, err } = await query(...args);
  expect({ code, said: err.includes(message) ? message : err }).toEqual({ code: expected, said: message });
});
