/** Which looks a series has: those whose name it has, or whose regular expression matches it. */
import { compileRegex, isRegexMistake } from "../../label/regex.ts";
import type { PlannedSeriesLook } from "../../plan/dashboard/planned.ts";

/** What differs for one series; `undefined` where nothing does. */
export function lookFor(
  looks: readonly PlannedSeriesLook[],
  names: readonly string[],
  refId: string,
): Omit<PlannedSeriesLook, "of" | "refId"> | undefined {
  const found = looks.filter((look) =>
    look.refId !== undefined ? look.refId === refId : names.some((name) => matches(look.of, name)),
  );
  if (found.length === 0) return undefined;
  const { of, refId: _, ...look } = Object.assign({}, ...found) as PlannedSeriesLook;
  return look;
}

/** Grafana takes a pattern of JavaScript's, which may match anywhere. */
function matches(of: string, name: string): boolean {
  const [, pattern, flags = ""] = /^\/(.+)\/(\w*)$/s.exec(of) ?? [];
  if (pattern === undefined) return of === name;
  const regex = compileRegex(`${flags.includes("i") ? "(?i)" : ""}.*(?:${pattern}).*`);
  return !isRegexMistake(regex) && regex.test(name);
}
