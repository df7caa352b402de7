import { expect, it } from "vitest";
import { run } from "../../src/cli/run.ts";
import { SHOP } from "../helpers/workspace.ts";
import { temporaryFolder, worldIn } from "./world.ts";

const alertmanager = `
route:
  receiver: everyone
  group_by: [alertname]
  routes:
    - matchers: [team="storefront"]
      receiver: storefront
      mute_time_intervals: [night]
time_intervals:
  - name: night
    time_intervals: [{ times: [{ start_time: "22:00", end_time: "24:00" }] }]
receivers: [{ name: everyone }, { name: storefront }]
`;

async function tocsin(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const world = worldIn(temporaryFolder(files));
  const code = await run(args, world);
  return { code, out: world.out(), err: world.err() };
}

it("tells who gets an alert by any alertmanager.yml, and what keeps it back at an instant", async () => {
  const at = ["--config", "am.yml", "--at", "2026-03-01T23:00:00Z"];
  const { code, out } = await tocsin(
    { "am.yml": alertmanager },
    "route",
    ...at,
    "team=storefront",
    "alertname=SoldOut",
  );
  expect(code).toBe(0);
  expect(out).toContain("goes to storefront.");
  expect(out).toContain("kept back  by night at 2026-03-01T23:00:00.000Z");
});

it("points at a label that was most likely meant to be another", async () => {
  const { out } = await tocsin({ "am.yml": alertmanager }, "route", "--config", "am.yml", "taem=storefront");
  expect(out).toContain("(there is no team, but taem)");
});

it("tells it of the project's own monitors", async () => {
  const { code, out, err } = await tocsin(
    { "monitors/shop.ts": SHOP },
    "route",
    "--json",
    "team=storefront",
    "severity=page",
  );
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(JSON.parse(out).answers.map(({ receiver }: { receiver: string }) => receiver)).toEqual(["storefront-page"]);
});

it("runs a suite of cases, and says which fail", async () => {
  const suite = `config: am.yml
cases:
  - name: storefront hears of its own
    labels: { team: storefront }
    receivers: [storefront]
  - name: payments does not
    labels: { team: payments }
    receivers: [storefront]
`;
  const { code, out, err } = await tocsin(
    { "am.yml": alertmanager, "routes.yml": suite },
    "route",
    "test",
    "routes.yml",
  );
  expect({ code, out }).toEqual({ code: 1, out: "1 passed, 1 failed\n" });
  expect(err).toContain('route/test: "payments does not": goes to everyone, not to storefront.');
});

it.each([
  ["what is no label", ["route", "--config", "am.yml", "team"], "is no label"],
  ["what is no instant", ["route", "--config", "am.yml", "--at", "noon", "a=b"], "is no instant"],
  ["a file that is not there", ["route", "--config", "none.yml", "a=b"], "There is no file"],
  ["no suite", ["route", "test"], "Name the suites"],
])("takes %s for wrong use", async (_, args, message) => {
  const { code, err } = await tocsin({ "am.yml": alertmanager }, ...args);
  expect(code).toBe(2);
  expect(err).toContain(message);
});
