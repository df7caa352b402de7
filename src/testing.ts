/**
 * tocsin/testing: sample series in, what fires out. Importing it teaches vitest's `expect` about scenarios.
 */
import "./testing/matchers/matchers.ts";
import "./testing/session.ts";

export type { ScenarioMatchers } from "./testing/matchers/matchers.ts";
export type { Expected, LabelPatterns, Pattern } from "./testing/matchers/pattern.ts";
export { type ActiveAlert, Instant, type RecordedSample } from "./testing/scenario/instant.ts";
export { type Firing, Period } from "./testing/scenario/period.ts";
export type { RecordingFile } from "./testing/scenario/recorded.ts";
export { type GivenLabels, Scenario, type ScenarioOptions, scenario } from "./testing/scenario/scenario.ts";
export {
  daily,
  outage,
  ramp,
  restart,
  type SeriesFunction,
  type SeriesMoment,
  type SeriesValues,
  type Stretch,
  spike,
  steady,
} from "./testing/series.ts";
