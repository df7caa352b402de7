/** Made-up series, and the rules that watch them. */
import type { Silence } from "../../alertmanager/silence/silence.ts";
import type { LabelSet } from "../../label/label-set.ts";
import type { Labels, TargetLabel } from "../../model/labels.ts";
import type { Metric } from "../../model/metric/metric.ts";
import type { RouteMatch } from "../../model/route.ts";
import type { DurationText } from "../../quantity/duration.ts";
import { parseDuration } from "../../quantity/duration.ts";
import type { InputSeries } from "../../rule/input.ts";
import type { RuleGroup } from "../../rule/rule.ts";
import { type RunResult, runRules } from "../../rule/run.ts";
import { type NotificationTimeline, timelineOf } from "../notify/timeline.ts";
import { ms, type SeriesValues } from "../series.ts";
import { type GivenSeries, seriesLabels, toInput, withSeries, writtenLabels } from "./input.ts";
import { Instant } from "./instant.ts";
import { Period } from "./period.ts";
import { type RecordingFile, recordedSeries } from "./recorded.ts";
import { type SilenceTimes, silenceOf } from "./silence.ts";
import { type Definitions, type PlannedWorkspace, plannedWorkspace } from "./workspace.ts";

/** How a scenario runs: when it begins, and in which environment. */
export interface ScenarioOptions {
  /** The environment to run in; the first, by name, where it is left out. */
  readonly environment?: string;
  /**
   * When the scenario starts: a Date, or `"2026-03-29T00:00:00Z"`. Default: the beginning of 1970, midnight in UTC before a
   * Thursday. What depends on hours, such as receivers with `during`, wants a start of its own.
   */
  readonly start?: Date | string;
  /** The time from one sample to the next. Default: `"1m"`. */
  readonly interval?: DurationText;
}

/** The labels of a metric's series; those of its target have defaults. */
export type GivenLabels<D extends Labels> = Readonly<D> & { readonly [K in TargetLabel]?: string };

interface Setting {
  readonly workspace: PlannedWorkspace;
  readonly startMs: number;
  readonly intervalMs: number;
  readonly series: readonly GivenSeries[];
  /** Series with samples at distances of their own, beside those. */
  readonly inputs: readonly InputSeries[];
  readonly silences: readonly Silence[];
}

/** A scenario never changes: every `given` makes another one. */
export class Scenario {
  readonly workspace: PlannedWorkspace;
  /** Milliseconds since 1970. */
  readonly startMs: number;
  /** From one sample to the next, in milliseconds. */
  readonly intervalMs: number;
  readonly series: readonly GivenSeries[];
  readonly inputs: readonly InputSeries[];
  readonly silences: readonly Silence[];
  #runs = new Map<number, RunResult>();

  constructor({ workspace, startMs, intervalMs, series, inputs, silences }: Setting) {
    this.workspace = workspace;
    this.startMs = startMs;
    this.intervalMs = intervalMs;
    this.series = series;
    this.inputs = inputs;
    this.silences = silences;
  }

  /** Adds a series of a metric, or replaces it. `"40 25 9x30"` is 40, 25, and then 9 thirty-one times. */
  given<D extends Labels>(metric: Metric<D>, labels: NoInfer<GivenLabels<D>>, values: SeriesValues): Scenario;
  /** Adds any series by its name and labels: `given('up{job="shop"}', "1x30")`. */
  given(series: string, values: SeriesValues): Scenario;
  given(what: string | Metric<Labels>, second: SeriesValues | LabelSet, third?: SeriesValues): Scenario {
    const { services } = this.workspace.plan;
    const labels = typeof what === "string" ? writtenLabels(what) : seriesLabels(what, second as LabelSet, services);
    const values = (typeof what === "string" ? second : third) as SeriesValues;
    return this.#with({ series: withSeries(this.series, { labels, values }) });
  }

  /** Adds all series of a file: an exposition, or the JSON that Prometheus answers a range query with. */
  recorded(file: RecordingFile): Scenario {
    return this.#with({ series: recordedSeries(file).reduce(withSeries, this.series) });
  }

  /**
   * Silences alerts with these labels, as somebody does in Alertmanager: `silence({ sku: "mug" }, { from: "10m", to: "1h" })`.
   * Several labels silence the alerts that have them all; the alert's name is the label `alertname`.
   */
  silence(match: RouteMatch, times: SilenceTimes = {}): Scenario {
    const silence = silenceOf(match, times, this.startMs, this.silences.length + 1);
    const scenario = this.#with({ silences: [...this.silences, silence] });
    // The same alerts fire; only who hears of them changes.
    scenario.#runs = this.#runs;
    return scenario;
  }

  /** Everything at one time, counted from the start. */
  at(time: DurationText | "0"): Instant {
    return new Instant(this, ms(time));
  }

  /** Everything from one time to another, both counted from the start. */
  during(from: DurationText | "0", to: DurationText): Period {
    const [fromMs, toMs] = [ms(from), ms(to)];
    if (toMs < fromMs) throw new Error(`during ${from} to ${to}: the end lies before the beginning`);
    return new Period(this, fromMs, toMs);
  }

  /** Who is told what up to a time, and who is not: for snapshots, `toMatchInlineSnapshot()` or its `text` and `data`. */
  timeline(until: DurationText): NotificationTimeline {
    return timelineOf(this, ms(until));
  }

  /** How often a group is evaluated: at its own interval, as Prometheus does. */
  intervalOf({ intervalMs }: RuleGroup): number {
    return intervalMs ?? parseDuration(this.workspace.plan.prometheus.global.evaluationInterval ?? "") ?? 60_000;
  }

  /** Evaluates everything up to a time since the start. Throws where a rule cannot be evaluated. */
  run(untilMs: number): RunResult {
    let result = this.#runs.get(untilMs);
    if (result === undefined) {
      result = this.#evaluate(this.startMs + untilMs);
      this.#runs.set(untilMs, result);
    }
    return result;
  }

  #evaluate(endMs: number): RunResult {
    const { workspace, startMs, intervalMs } = this;
    const { externalLabels, externalUrl } = workspace.plan.prometheus.global;
    const result = runRules({
      groups: workspace.groups,
      inputs: [...this.series.map((one) => toInput(one, startMs, endMs, intervalMs)), ...this.inputs],
      startMs,
      endMs,
      intervalOf: (group) => this.intervalOf(group),
      query: {},
      isWatched: () => true,
      reads: () => false,
      texts: { externalLabels, externalUrl: externalUrl ?? "", serverUrl: externalUrl },
      stopAtFailure: true,
    });
    const [failure] = result.failures;
    if (failure !== undefined) {
      const since = (failure.timeMs - startMs) / 1000;
      throw new Error(`${failure.rule.name} cannot be evaluated at ${since} s: ${failure.message}`);
    }
    return result;
  }

  /** The same series, watched by other rules. */
  withWorkspace(workspace: PlannedWorkspace): Scenario {
    return this.#with({ workspace });
  }

  #with(change: Partial<Setting>): Scenario {
    const { workspace, startMs, intervalMs, series, inputs, silences } = this;
    return new Scenario({ workspace, startMs, intervalMs, series, inputs, silences, ...change });
  }
}

/**
 * Starts a scenario from what the monitors export.
 *
 * ```ts
 * const emptying = scenario(catalog).given(inventory, { sku: "mug", warehouse: "fra" }, "40 25 9x30");
 * expect(emptying.at("15m")).toFire(catalog.inventoryLow, { sku: "mug" });
 * ```
 */
export function scenario(definitions: Definitions, options: ScenarioOptions = {}): Scenario {
  const start = options.start === undefined ? 0 : new Date(options.start).getTime();
  if (Number.isNaN(start)) throw new Error(`${String(options.start)} is no time to start at`);
  const intervalMs = ms(options.interval ?? "1m");
  if (intervalMs === 0) throw new Error("samples need some time between them");
  return new Scenario({
    workspace: plannedWorkspace(definitions, options.environment),
    startMs: start,
    intervalMs,
    series: [],
    inputs: [],
    silences: [],
  });
}
