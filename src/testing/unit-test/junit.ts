/** JUnit's XML, as promtool writes it: a suite for each file, a case for each test. */
import { failureText } from "./report.ts";
import type { FileResult } from "./result.ts";

/** The results of all files. */
export function junitXml(results: readonly FileResult[]): string {
  const suites = results.map((result) => {
    const failures = result.tests.reduce((sum, { failures }) => sum + failures.length, 0);
    const errors = result.diagnostics.filter(({ severity }) => severity === "error");
    const cases = result.tests.map(({ name, failures }) => {
      const parts = failures.map((failure) => `<failure>${escapeText(failureText(failure, result.file))}</failure>`);
      return `<testcase name="${escapeText(name)}">${parts.join("")}</testcase>`;
    });
    if (errors.length > 0) {
      const message = errors.map((error) => error.message).join("\n");
      cases.push(`<testcase name="unknown"><error>${escapeText(message)}</error></testcase>`);
    }
    const counts = `tests="${cases.length}" failures="${failures}" errors="${errors.length > 0 ? 1 : 0}" skipped="0"`;
    return `<testsuite name="${escapeText(result.file)}" ${counts}>${cases.join("")}</testsuite>`;
  });
  return `<testsuites>${suites.join("")}</testsuites>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&#34;",
  "'": "&#39;",
};

function escapeText(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no way to write them.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
      .replace(/[&<>"']/g, (char) => ENTITIES[char] as string)
      .replace(/\n/g, "&#xA;")
      .replace(/\r/g, "&#xD;")
  );
}
