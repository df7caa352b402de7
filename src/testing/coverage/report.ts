/** Coverage for people, and as LCOV for tools. */
import { groupBy } from "../../util/group-by.ts";
import { pointsOf, type RuleCoverage, shareOf } from "./coverage.ts";

/** What is not covered, and the share that is. */
export function coverageText(rules: readonly RuleCoverage[]): string {
  const lines: string[] = [];
  for (const rule of rules) {
    const missing = pointsOf(rule).filter(({ hit }) => !hit);
    if (missing.length === 0) continue;
    lines.push(`${rule.file}${rule.line > 0 ? `:${rule.line}` : ""} ${rule.name}: no test where it`);
    for (const { text } of missing) lines.push(`  ${text}`);
  }
  const points = rules.flatMap(pointsOf);
  const hit = points.filter((point) => point.hit).length;
  lines.push(`Coverage: ${percent(shareOf(rules))} (${hit} of ${points.length} points of ${rules.length} rules)`);
  return `${lines.join("\n")}\n`;
}

export function percent(share: number): string {
  // Rounded down, so that only everything is 100%.
  return `${Math.floor(share * 1000) / 10}%`;
}

/** https://github.com/linux-test-project/lcov/blob/master/man/geninfo.1: a rule is a line, each of its points a branch. */
export function coverageLcov(rules: readonly RuleCoverage[]): string {
  const byFile = groupBy(rules, ({ file }) => file);
  const lines: string[] = [];
  for (const [file, own] of byFile) {
    lines.push("TN:", `SF:${file}`);
    const points = own.flatMap((rule) => pointsOf(rule).map((point, i) => ({ ...point, i, line: rule.line })));
    for (const { line, i, hit } of points) lines.push(`BRDA:${line},0,${i},${hit ? 1 : 0}`);
    lines.push(`BRF:${points.length}`, `BRH:${points.filter(({ hit }) => hit).length}`);
    const reached = own.filter((rule) => pointsOf(rule).some(({ hit }) => hit));
    for (const rule of own) lines.push(`DA:${rule.line},${reached.includes(rule) ? 1 : 0}`);
    lines.push(`LF:${own.length}`, `LH:${reached.length}`, "end_of_record");
  }
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}
