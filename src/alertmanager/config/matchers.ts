/** Matchers as routes and inhibit rules hold them: a list of texts, or the older maps `match` and `match_re`. */
import type { Matcher } from "../../label/matcher.ts";
import { list, mapOf, type Reading, type Shape, text } from "../../yaml/shape.ts";
import { isMatcherMistake } from "../matcher/mistake.ts";
import { CLASSIC_NAME, type MatcherMode, parseMatchers } from "../matcher/parse-matchers.ts";
import { printMatcher } from "../matcher/print.ts";
import { regex } from "./value/shapes.ts";

/** A list of texts, each of which holds any number of matchers. */
export function matchersShape(mode: MatcherMode): Shape<readonly Matcher[]> {
  const lines = list(matcherLine(mode));
  return { expects: "a list of matchers", zero: [], read: (node, reading) => lines.read(node, reading).flat() };
}

function matcherLine(mode: MatcherMode): Shape<readonly Matcher[]> {
  return {
    expects: 'matchers such as team="shop"',
    zero: [],
    read(node, reading) {
      const before = reading.errors;
      const written = text.read(node, reading);
      if (reading.errors > before) return [];
      const found = parseMatchers(written, mode);
      if (isMatcherMistake(found)) {
        reading.error(node, {
          code: "alertmanager/matcher",
          message: `This is no matcher: ${found.mistake}.`,
          help: 'Write a label, one of = != =~ !~, and a value: team="shop".',
        });
        return [];
      }
      if (found.concern !== undefined)
        reading.warn(node, {
          code: "alertmanager/matcher-syntax",
          message:
            found.concern === "ambiguous"
              ? "The older and the newer syntax read this matcher differently; the older one counts for now."
              : "Only the older syntax of matchers reads this; a later Alertmanager will refuse it.",
          help: `Write ${found.matchers.map(printMatcher).join(",")}.`,
        });
      return found.matchers;
    },
  };
}

/** The older map from label names to values. */
export const match = mapOf(text);

/** The older map from label names to regular expressions. */
export const matchRe: Shape<Readonly<Record<string, string | undefined>>> = {
  ...mapOf(regex),
  read(node, reading) {
    const value = mapOf(regex).read(node, reading);
    checkNames(value, reading);
    for (const [name, source] of Object.entries(value))
      if (source === undefined)
        reading.error(reading.placeOf(value, name), {
          code: "alertmanager/matcher",
          message: `The regular expression for ${JSON.stringify(name)} is missing.`,
          help: `Write one, or remove the line.`,
        });
    return value;
  },
};

/** Reports names that the older maps cannot hold. */
export function checkNames(map: object, reading: Reading): void {
  for (const name of Object.keys(map))
    if (!CLASSIC_NAME.test(name))
      reading.error(reading.placeOf(map, name), {
        code: "alertmanager/label-name",
        message: `invalid label name ${JSON.stringify(name)}: here it may hold letters, digits and underscores only.`,
        help: "Use matchers, which take any name between double quotes.",
      });
}

/** All matchers of one side, the older ones first. */
export function allMatchers(
  equal: Readonly<Record<string, string>>,
  regexes: Readonly<Record<string, string | undefined>>,
  matchers: readonly Matcher[],
): readonly Matcher[] {
  return [
    ...Object.entries(equal).map(([name, value]): Matcher => ({ name, op: "=", value })),
    // Alertmanager keeps these with their anchors, which its group keys show.
    ...Object.entries(regexes).map(([name, source]): Matcher => ({ name, op: "=~", value: `^(?:${source ?? ""})$` })),
    ...matchers,
  ];
}
