/** Durations as Prometheus reads them. */
import { parseDuration } from "../quantity/duration.ts";
import { parsed, type Shape } from "./shape.ts";

/** A duration in milliseconds: `90s`, `1h30m`, `0`. */
export const duration: Shape<number> = parsed("a duration", 0, (written) => {
  const ms = parseDuration(written);
  if (ms !== undefined) return { value: ms };
  return { mistake: `${JSON.stringify(written)} is no duration.`, help: "Durations look like 30s, 5m or 1h30m." };
});
