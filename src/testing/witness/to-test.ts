/** Witnesses as first tests. */

import { basename } from "node:path";
import { METRIC_NAME } from "../../label/label-set.ts";
import { quote } from "../../promql/quote.ts";
import type { DurationText } from "../../quantity/duration.ts";
import { formatDuration } from "../../quantity/duration.ts";
import type { GivenSeries } from "../scenario/input.ts";
import type { Witness } from "./prove.ts";

/** A witness, and what the alert that it makes fire is exported as, from which of the modules. */
export interface FirstTest {
  readonly witness: Witness;
  readonly exported: string;
  readonly module: string;
}

/**
 * The text of a test file for vitest. A scenario is given all modules of the project, as each needs what others say.
 * Alerts of the same name are told apart by what they are exported as.
 */
export function witnessTests(
  tests: readonly FirstTest[],
  { modules, environment }: { readonly modules: readonly string[]; readonly environment: string | undefined },
): string {
  const names = namesOf(modules);
  const options = environment === undefined ? "" : `, { environment: ${JSON.stringify(environment)} }`;
  return [
    `import { scenario } from "tocsin/testing";`,
    `import { expect, it } from "vitest";`,
    ...modules.map((module) => `import * as ${names.get(module)} from ${JSON.stringify(module)};`),
    "",
    `const monitors = { ${[...names.values()].join(", ")} };`,
    ...tests.flatMap(({ witness: { alert, series, firesAtMs }, exported, module }) => {
      const isShared = tests.filter(({ witness }) => witness.alert === alert).length > 1;
      const given = series.map(
        (one) => `    .given(${JSON.stringify(seriesText(one))}, ${JSON.stringify(one.values)})`,
      );
      const at = JSON.stringify(formatDuration(firesAtMs) as DurationText);
      return [
        "",
        `it(${JSON.stringify(`${alert} fires${isShared ? ` as ${exported}` : ""}`)}, () => {`,
        `  const telling = scenario(monitors${options})${given.length === 0 ? ";" : ""}`,
        ...given.map((line, i) => (i === given.length - 1 ? `${line};` : line)),
        "",
        `  expect(telling.at(${at})).toFire(${names.get(module)}.${exported});`,
        "});",
      ];
    }),
    "",
  ].join("\n");
}

/** What the test calls each module: as its file is called, if it can. */
function namesOf(modules: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set(["scenario", "expect", "it", "monitors", "default", "import", "switch", "package"]);
  return new Map(
    modules.map((module) => {
      const words = basename(module)
        .replace(/\.[^.]*$/, "")
        .split(/[^\p{L}\p{N}]+/u)
        .filter((word) => word !== "");
      const joined = words.map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join("");
      const base = /^\p{L}/u.test(joined) ? joined : `monitors${joined}`;
      let name = base;
      for (let i = 2; taken.has(name); i++) name = `${base}${i}`;
      taken.add(name);
      return [module, name];
    }),
  );
}

/** `up{job="shop"}` */
export function seriesText({ labels }: GivenSeries): string {
  const { [METRIC_NAME]: name = "", ...others } = labels;
  const parts = Object.entries(others).map(([label, value]) => `${label}=${quote(value)}`);
  return `${name}{${parts.join(", ")}}`;
}
