/** Routing against `amtool config routes test`, where there is an amtool: TOCSIN_AMTOOL, or the one on the path. */
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readConfig } from "../../src/alertmanager/config/config.ts";
import { compileRoutes, matchRoutes } from "../../src/alertmanager/route/route.ts";

const amtool = process.env.TOCSIN_AMTOOL ?? "amtool";
const isThere = spawnSync(amtool, ["--version"]).status === 0;
const run = promisify(execFile);

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "amtool-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** amtool takes one label set a process, so each tree is asked several times. */
const TREES = 200;
const QUESTIONS = 5;

const name = fc.constantFrom("team", "severity", "warehouse", "größe", "shelf no");
const value = fc.constantFrom("a", "b", "c", "page", "", "ü", 'a"b', "a\\b", "a, b");
const regex = fc.constantFrom("a|b", ".*", ".+", "[bc].*", "p(age)?", "", "^a$", "a.b", "(?i)A", "\\w+", "(a|)");
const matcher = fc
  .oneof(fc.tuple(name, fc.constantFrom("=", "!="), value), fc.tuple(name, fc.constantFrom("=~", "!~"), regex))
  .map(([name, op, value]) => `${JSON.stringify(name)}${op}${JSON.stringify(value)}`);
const route = (depth: number): fc.Arbitrary<string> =>
  fc
    .record({
      receiver: fc.constantFrom("r1", "r2", "r3", "r4"),
      matchers: fc.array(matcher, { maxLength: 3 }),
      continues: fc.boolean(),
      routes: depth === 0 ? fc.constant([]) : fc.array(route(depth - 1), { maxLength: 4 }),
    })
    .map(
      ({ receiver, matchers, continues, routes }) =>
        `{ receiver: ${receiver}, matchers: ${JSON.stringify(matchers)}, continue: ${continues}, routes: [${routes.join(", ")}] }`,
    );
const labels = fc.dictionary(name, value);

it.skipIf(!isThere)(
  `finds the receivers that amtool finds, in ${TREES * QUESTIONS} cases (skipped without an amtool)`,
  { timeout: 300_000 },
  async () => {
    const cases = fc.sample(
      fc.tuple(
        fc.array(route(3), { minLength: 1, maxLength: 6 }),
        fc.array(labels, { minLength: QUESTIONS, maxLength: QUESTIONS }),
      ),
      { numRuns: TREES, seed: 6 },
    );
    const ask = async ([routes, questions]: (typeof cases)[number], index: number) => {
      const text = `route: { receiver: r0, routes: [${routes.join(",\n  ")}] }\nreceivers: [{ name: r0 }, { name: r1 }, { name: r2 }, { name: r3 }, { name: r4 }]\n`;
      const file = join(folder, `${index}.yml`);
      writeFileSync(file, text);
      const { config } = readConfig(text);
      if (config === undefined) throw new Error(text);
      const root = compileRoutes(config.route);
      for (const labels of questions) {
        const args = Object.entries(labels).map(([name, value]) => `${JSON.stringify(name)}=${JSON.stringify(value)}`);
        const { stdout } = await run(amtool, ["config", "routes", "test", `--config.file=${file}`, ...args]);
        const ours = matchRoutes(root, labels).map(({ options }) => options.receiver);
        expect(ours.join(","), `${args.join(" ")} in ${text}`).toBe(stdout.trim());
      }
    };
    // Two at a time: most of a question is starting a process.
    const queue = cases.entries();
    const worker = async () => {
      for (const [index, one] of queue) await ask(one, index);
    };
    await Promise.all([worker(), worker()]);
  },
);
