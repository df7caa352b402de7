/** Pages about dashboards: what each check says of itself, and what tells its wrong example from its right one. */
import { DASHBOARD_CHECKS } from "../../check/dashboard-checks.ts";
import { EXAMPLES } from "../../check/dashboard-examples.ts";
import type { Page, Pages } from "../page.ts";

export const DASHBOARDS: Pages = Object.fromEntries(
  DASHBOARD_CHECKS.map(({ code, about, help }): [string, Page] => {
    const { wrong, right } = EXAMPLES[code.slice(code.indexOf("/") + 1)] ?? {};
    const page = { about, remedy: `${help.charAt(0).toUpperCase()}${help.slice(1)}.` };
    if (wrong === undefined || right === undefined) return [code, page];
    const [onlyWrong, onlyRight] = differences(wrong, right);
    return [
      code,
      { ...page, wrong: { in: "dashboard", text: onlyWrong }, right: { in: "dashboard", text: onlyRight } },
    ];
  }),
);

/** Where two dashboards differ, as paths with their values, for each of them. */
function differences(wrong: unknown, right: unknown, path = ""): readonly [string, string] {
  if (isObject(wrong) && isObject(right)) {
    const keys = [...new Set([...Object.keys(wrong), ...Object.keys(right)])];
    const each = keys.map((key) => differences(wrong[key], right[key], below(path, key, Array.isArray(wrong))));
    return [each.map(([text]) => text).join(""), each.map(([, text]) => text).join("")];
  }
  const line = (value: unknown) => (value === undefined ? "" : `${path}: ${JSON.stringify(value)}\n`);
  return JSON.stringify(wrong) === JSON.stringify(right) ? ["", ""] : [line(wrong), line(right)];
}

function below(path: string, key: string, list: boolean): string {
  if (list) return `${path}[${key}]`;
  return path === "" ? key : `${path}.${key}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
