/**
 * tocsin/testing: sample series in; what fires, who is told, and what they read out. Importing it teaches vitest's `expect` about scenarios.
 */
import "./testing/matchers/matchers.ts";
import "./testing/matchers/notify.ts";
import "./testing/session.ts";

export type { TimelineData } from "./alertmanager/timeline/data.ts";
export type { ScenarioMatchers } from "./testing/matchers/matchers.ts";
export type { ExpectedNotification, ExpectedText } from "./testing/matchers/notified.ts";
export type { NotificationMatchers } from "./testing/matchers/notify.ts";
export type { Expected, LabelPatterns, Pattern } from "./testing/matchers/pattern.ts";
export type { HeldBack, NotificationTimeline } from "./testing/notify/timeline.ts";
export type { Told } from "./testing/notify/told.ts";
export type { AlertSubject } from "./testing/scenario/alert-subject.ts";
export { type ActiveAlert, Instant, type RecordedSample } from "./testing/scenario/instant.ts";
export { type Firing, Period } from "./testing/scenario/period.ts";
export type { RecordingFile } from "./testing/scenario/recorded.ts";
export { type GivenLabels, Scenario, type ScenarioOptions, scenario } from "./testing/scenario/scenario.ts";
export type { SilenceTimes } from "./testing/scenario/silence.ts";
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
