/** What failed of unit tests, for the GitHub workflow that runs them: it shows each failure beside its line. */
import { reportGithub } from "../../diagnostic/report/github.ts";
import { workflowCommand } from "../../diagnostic/report/workflow-command.ts";
import { failureText } from "./report.ts";
import type { FileResult } from "./result.ts";

/** One workflow command for each failure, and for each thing that is wrong with a file itself. */
export function githubAnnotations(results: readonly FileResult[]): string {
  return results
    .map(({ file, diagnostics, tests }) => {
      const failures = tests.flatMap(({ name, failures }) =>
        failures.map((failure) =>
          workflowCommand("error", { file, line: failure.line, title: name }, failureText(failure, file)),
        ),
      );
      return reportGithub(diagnostics, {}) + failures.join("");
    })
    .join("");
}
