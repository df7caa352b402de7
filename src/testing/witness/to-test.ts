/** A witness as a first test. */

import { METRIC_NAME } from "../../label/label-set.ts";
import { quote } from "../../promql/quote.ts";
import type { DurationText } from "../../quantity/duration.ts";
import { formatDuration } from "../../quantity/duration.ts";
import type { GivenSeries } from "../scenario/input.ts";
import type { Witness } from "./prove.ts";

export interface TestNames {
  /** What the alert is exported as, and from where. */
  readonly exported: string;
  readonly module: string;
  readonly environment: string | undefined;
}

/** The text of a test file for vitest. */
export function witnessTest(
  { alert, series, firesAtMs }: Witness,
  { exported, module, environment }: TestNames,
): string {
  const options = environment === undefined ? "" : `, { environment: ${JSON.stringify(environment)} }`;
  const given = series.map((one) => `    .given(${JSON.stringify(seriesText(one))}, ${JSON.stringify(one.values)})`);
  return [
    `import { scenario } from "tocsin/testing";`,
    `import { expect, it } from "vitest";`,
    `import * as monitors from ${JSON.stringify(module)};`,
    "",
    `it(${JSON.stringify(`${alert} fires`)}, () => {`,
    `  const telling = scenario(monitors${options})${given.length === 0 ? ";" : ""}`,
    ...given.map((line, i) => (i === given.length - 1 ? `${line};` : line)),
    "",
    `  expect(telling.at(${JSON.stringify(formatDuration(firesAtMs) as DurationText)})).toFire(monitors.${exported});`,
    "});",
    "",
  ].join("\n");
}

/** `up{job="shop"}` */
export function seriesText({ labels }: GivenSeries): string {
  const { [METRIC_NAME]: name = "", ...others } = labels;
  const parts = Object.entries(others).map(([label, value]) => `${label}=${quote(value)}`);
  return `${name}{${parts.join(", ")}}`;
}
