/**
 * Runs files in the language of Prometheus's tests of its engine: `npm run conformance -- FILE.test…`. Prints every
 * failure, and at the end how many statements passed and failed.
 */
import { readFileSync } from "node:fs";
import { runScript } from "./promqltest/run.ts";

let passed = 0;
let failed = 0;
for (const file of process.argv.slice(2)) {
  const report = runScript(readFileSync(file, "utf8"));
  passed += report.passed;
  failed += report.failures.length;
  for (const { line, statement, reason } of report.failures) {
    console.log(`${file}:${line}: ${statement}\n    ${reason.replaceAll("\n", "\n    ")}`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
