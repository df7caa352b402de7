/**
 * Runs a file of unit tests, with promtool's meaning and verdict.
 * https://github.com/prometheus/prometheus/blob/main/cmd/promtool/unittest.go
 */
import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import type { Expr } from "../../promql/ast.ts";
import { type RuleFileContent, type RuleFileOptions, readRuleFile } from "../../rule/file/rule-file.ts";
import type { RuleGroup } from "../../rule/rule.ts";
import type { RunResult } from "../../rule/run.ts";
import type { Ran } from "../coverage/branches.ts";
import { glob } from "./glob.ts";
import type { FileResult, TestFailure, TestResult } from "./result.ts";
import { runTest } from "./run-test.ts";
import { readTestFile, type TestFile, type TestGroup } from "./test-file.ts";

export interface RunTestOptions extends RuleFileOptions {
  /** Only tests whose name matches. */
  readonly run?: ((name: string) => boolean) | undefined;
  /** Groups are evaluated at their own interval, as in Prometheus, rather than at the file's. */
  readonly honourGroupInterval?: boolean | undefined;
  /** How long a sample stands in for later ones: five minutes. */
  readonly lookbackMs?: number | undefined;
  /** Changes expressions before they are evaluated. */
  readonly rewrite?: Rewrite | undefined;
  /** Hears of every test that was run. */
  readonly observe?: ((test: RanTest) => void) | undefined;
}

/** A test that was run, for those who want to know more than its verdict. */
export interface RanTest {
  readonly test: TestGroup;
  readonly groups: readonly RuleGroup[];
  readonly failures: readonly TestFailure[];
  /** Absent where it broke before any rule was evaluated. */
  readonly ran: (RunResult & Ran) | undefined;
  /** Runs it with other rules. */
  readonly rerun: (groups: readonly RuleGroup[]) => readonly TestFailure[];
}

export type Rewrite = (expr: Expr) => Expr;

/** Reads rule files, each once. */
export type RuleFileReader = (path: string) => RuleFileContent;

export function ruleFileReader(options: RuleFileOptions): RuleFileReader {
  const known = new Map<string, RuleFileContent>();
  return (path) => {
    let content = known.get(path);
    if (content === undefined) {
      content = readFrom(path, options);
      known.set(path, content);
    }
    return content;
  };
}

/** Runs the tests of one file. */
export function runTestFile(file: string, options: RunTestOptions, readRules = ruleFileReader(options)): FileResult {
  const failed = (diagnostics: readonly Diagnostic[]): FileResult => ({
    file,
    passed: false,
    diagnostics,
    tests: [],
    warnings: [],
  });
  const source = textOf(file);
  if (typeof source !== "string") return failed([source]);
  const { content, diagnostics, lineOf } = readTestFile(source, file);
  if (content === undefined) return failed(diagnostics);
  const order = groupOrder(content);
  if (typeof order === "string") return failed([{ code: "unit-test/group-order", severity: "error", message: order }]);

  const warnings: string[] = [];
  const paths: string[] = [];
  for (const pattern of content.rule_files) {
    const path = pattern === "" || isAbsolute(pattern) ? pattern : join(dirname(file), pattern);
    const found = glob(path);
    if (found === undefined)
      return failed([{ code: "unit-test/rule-files", severity: "error", message: `${path}: syntax error in pattern` }]);
    if (found.length === 0) warnings.push(`no file matches ${path}`);
    paths.push(...found);
  }

  const evaluationIntervalMs = content.evaluation_interval === 0 ? 60_000 : content.evaluation_interval;
  const tests: TestResult[] = [];
  // Rules that no test needs may be as broken as they like.
  let loaded: ReturnType<typeof loadRules> | undefined;
  for (const [i, group] of content.tests.entries()) {
    if (options.run !== undefined && !options.run(group.name)) continue;
    const name = group.name === "" ? `unnamed#${i}` : group.name;
    const line = lineOf(group);
    loaded ??= loadRules(paths, order, readRules);
    const rules = loaded;
    if ("broken" in rules) {
      const message = "the rules cannot be read";
      const failures = [{ kind: "broken", line, message, diagnostics: rules.broken } as const];
      tests.push({ name, line, assertions: 0, failures });
      continue;
    }
    const run = { group, evaluationIntervalMs, fuzzy: content.fuzzy_compare, lineOf, options };
    const { failures, ran } = runTest({ ...run, rules: rules.groups });
    const rerun = (groups: readonly RuleGroup[]) => runTest({ ...run, rules: groups }).failures;
    options.observe?.({ test: group, groups: rules.groups, failures, ran, rerun });
    tests.push({ name, line, assertions: group.alert_rule_test.length + group.promql_expr_test.length, failures });
  }
  const passed = tests.every(({ failures }) => failures.length === 0);
  return { file, passed, diagnostics, tests, warnings };
}

/** The place of each named group; groups without one go with the first. */
function groupOrder({ group_eval_order: names }: TestFile): ReadonlyMap<string, number> | string {
  const order = new Map<string, number>();
  for (const [i, name] of names.entries()) {
    if (order.has(name)) return `group name repeated in evaluation order: ${name}`;
    order.set(name, i);
  }
  return order;
}

function loadRules(
  paths: readonly string[],
  order: ReadonlyMap<string, number>,
  read: RuleFileReader,
): { readonly groups: readonly RuleGroup[] } | { readonly broken: readonly Diagnostic[] } {
  const groups = new Map<string, RuleGroup>();
  for (const path of paths) {
    const { groups: found, diagnostics } = read(path);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    if (errors.length > 0) return { broken: errors };
    for (const group of found) groups.set(`${path}\0${group.name}`, group);
  }
  const place = ({ name }: RuleGroup) => order.get(name) ?? 0;
  return { groups: [...groups.values()].sort((a, b) => place(a) - place(b)) };
}

function readFrom(path: string, options: RuleFileOptions): RuleFileContent {
  const source = textOf(path);
  return typeof source === "string" ? readRuleFile(source, path, options) : { groups: [], diagnostics: [source] };
}

function textOf(file: string): string | Diagnostic {
  try {
    const bytes = readFileSync(file);
    if (isUtf8(bytes)) return bytes.toString("utf8");
    return { code: "unit-test/unreadable", severity: "error", message: `${file}: its text is not UTF-8` };
  } catch (error) {
    return { code: "unit-test/unreadable", severity: "error", message: `${file}: ${(error as Error).message}` };
  }
}
