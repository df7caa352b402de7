/** `inhibit_rules`: what silences what. https://prometheus.io/docs/alerting/latest/configuration/#inhibit_rule */
import { list, type Shape, type Shaped, struct, text } from "../../yaml/shape.ts";
import { isLabelName, type MatcherMode } from "../matcher/parse-matchers.ts";
import { invalid } from "./checks.ts";
import { checkNames, match, matchersShape, matchRe } from "./matchers.ts";

export type InhibitRuleConfig = Shaped<ReturnType<typeof inhibitRuleShape>>;

export function inhibitRuleShape(mode: MatcherMode) {
  return struct(
    "inhibit rule",
    {
      name: text,
      source_match: match,
      source_match_re: matchRe,
      source_matchers: matchersShape(mode),
      target_match: match,
      target_match_re: matchRe,
      target_matchers: matchersShape(mode),
      equal: list(text) as Shape<readonly string[]>,
    },
    (rule, reading) => {
      checkNames(rule.source_match, reading);
      checkNames(rule.target_match, reading);
      for (const name of rule.equal)
        if (!isLabelName(name, mode))
          invalid(
            reading,
            rule,
            "equal",
            `invalid label name ${JSON.stringify(name)} in equal list.`,
            undefined,
            "alertmanager/label-name",
          );
      return undefined;
    },
  );
}
