/** Silences of a scenario. https://prometheus.io/docs/alerting/latest/alertmanager/#silences */
import type { Silence } from "../../alertmanager/silence/silence.ts";
import { compileRegex, isRegexMistake } from "../../label/regex.ts";
import { toMatchers } from "../../model/metric/matchers.ts";
import type { RouteMatch } from "../../model/route.ts";
import type { DurationText } from "../../quantity/duration.ts";
import { ms } from "../series.ts";

/** From when to when a silence holds, counted from the scenario's start. */
export interface SilenceTimes {
  /** Default: the start. */
  readonly from?: DurationText | "0";
  /** Default: it never ends. */
  readonly to?: DurationText;
}

/** The silence that holds for the labels; throws where Alertmanager would not take it. */
export function silenceOf(
  match: RouteMatch,
  { from = "0", to }: SilenceTimes,
  startMs: number,
  number: number,
): Silence {
  const matchers = toMatchers(match);
  if (matchers.length === 0) throw new Error("a silence needs a label: {} would silence everything");
  for (const { name, op, value } of matchers) {
    const regex = op === "=~" || op === "!~" ? compileRegex(value) : undefined;
    if (regex !== undefined && isRegexMistake(regex)) throw new Error(`silence: ${name}: ${value}: ${regex.mistake}`);
  }
  const [startsAt, endsAt] = [startMs + ms(from), to === undefined ? Number.POSITIVE_INFINITY : startMs + ms(to)];
  if (endsAt <= startsAt) throw new Error(`a silence from ${from} to ${to}: the end lies before the beginning`);
  return { id: `silence ${number}`, matchers, startsAt, endsAt };
}
