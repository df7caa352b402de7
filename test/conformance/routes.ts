/**
 * Holds our reading of alertmanager.yml files and of their routing trees against a corpus.
 *
 *     npm run conformance:routes -- DIR…
 *
 * Each DIR holds `alertmanager-config/{good,bad}/**`, `alertmanager-config/route-tests.jsonl`,
 * `alertmanager-config/expected-errors.jsonl` and `promtool-verdicts.jsonl`; what is missing is left out. Prints every
 * disagreement, then `N passed, N failed`.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "../../src/alertmanager/config/config.ts";
import type { MatcherMode } from "../../src/alertmanager/matcher/parse-matchers.ts";
import { compileRoutes, matchRoutes, type Route } from "../../src/alertmanager/route/route.ts";
import { type Diagnostic, lineAndColumn } from "../../src/diagnostic/diagnostic.ts";
import type { LabelSet } from "../../src/label/label-set.ts";

interface ExpectedError {
  readonly file: string;
  readonly error: string;
}

interface Verdict {
  readonly file: string;
  readonly check: string;
  readonly ok: boolean;
  readonly newer_than_tool?: string;
}

interface RouteCase {
  readonly config: string;
  readonly labels: LabelSet;
  readonly receivers: readonly string[];
  /** Keys of the routes, for cases whose routes share receivers. */
  readonly keys?: readonly string[];
}

let passed = 0;
let failed = 0;

function judge(ok: boolean, message: () => string): void {
  if (ok) passed++;
  else {
    failed++;
    console.log(message());
  }
}

const folders = process.argv.slice(2);
if (folders.length === 0) throw new Error("usage: npm run conformance:routes -- DIR…");
for (const folder of folders) {
  checkConfigs(folder);
  checkRoutes(folder);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function checkConfigs(folder: string): void {
  const expected = new Map(
    jsonLines<ExpectedError>(join(folder, "alertmanager-config/expected-errors.jsonl")).map((line) => [
      line.file,
      line,
    ]),
  );
  const verdicts = new Map(
    jsonLines<Verdict>(join(folder, "promtool-verdicts.jsonl"))
      .filter(({ check }) => check.startsWith("amtool"))
      .map((line) => [line.file, line]),
  );
  for (const file of configFiles(folder)) {
    const known = expected.get(file);
    const verdict = verdicts.get(file);
    // The folder holds what the newest version says; an older tool's verdict counts where it knew all that the file uses.
    const ok = verdict === undefined || verdict.newer_than_tool !== undefined ? file.includes("/good/") : verdict.ok;
    const wanted = known === undefined && ok;
    // Upstream's unit tests, from which the expected errors are, run without the flags that let label names be any UTF-8.
    const mode: MatcherMode = known === undefined ? "fallback" : "classic";
    const { diagnostics } = readConfig(readFileSync(join(folder, file), "utf8"), { file, mode });
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    judge(
      (errors.length === 0) === wanted,
      () => `${file}: expected ${wanted ? "no error" : "an error"}, got ${list(errors)}`,
    );
    if (known !== undefined)
      judge(
        namesCulprits(errors, known.error),
        () => `${file}: expected the culprits of ${JSON.stringify(known.error)}, got ${list(errors)}`,
      );
  }
}

/** Whether our errors name what upstream's does: its quoted words and its fields. */
function namesCulprits(errors: readonly Diagnostic[], upstream: string): boolean {
  const said = errors.map(({ message, help }) => `${message} ${help ?? ""}`).join(" ");
  const culprits = upstream.match(/"[^"]+"|\b[a-z]+(?:_[a-z]+)+\b/g) ?? [];
  return errors.length > 0 && culprits.every((culprit) => said.includes(culprit.replaceAll('"', "")));
}

function checkRoutes(folder: string): void {
  const trees = new Map<string, Route | undefined>();
  for (const { config: file, labels, receivers, keys } of jsonLines<RouteCase>(
    join(folder, "alertmanager-config/route-tests.jsonl"),
  )) {
    if (!trees.has(file)) {
      const { config } = readConfig(readFileSync(join(folder, file), "utf8"), { file });
      trees.set(file, config === undefined ? undefined : compileRoutes(config.route));
    }
    const tree = trees.get(file);
    const routes = tree === undefined ? [] : matchRoutes(tree, labels);
    const found = routes.map(({ options }) => options.receiver);
    const foundKeys = keys === undefined ? undefined : routes.map(({ key }) => key);
    judge(
      same(found, receivers) && same(foundKeys ?? [], keys ?? []),
      () =>
        `${file} ${JSON.stringify(labels)}: expected ${receivers.join()}, got ${found.join()} ${foundKeys?.join() ?? ""}`,
    );
  }
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

function configFiles(folder: string): readonly string[] {
  const root = join(folder, "alertmanager-config");
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.ya?ml$/.test(file))
    .map((file) => `alertmanager-config/${file.replaceAll("\\", "/")}`)
    .sort();
}

function jsonLines<T>(file: string): readonly T[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as T);
}

function list(diagnostics: readonly Diagnostic[]): string {
  if (diagnostics.length === 0) return "none";
  return diagnostics
    .map(({ place, message }) => {
      const at = place === undefined ? undefined : lineAndColumn(place.source, place.start);
      return at === undefined ? message : `${at.line}:${at.column} ${message}`;
    })
    .join(" | ");
}
