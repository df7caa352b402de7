/** The real promtool, where there is one that knows Prometheus 3. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";

/** The path in TOCSIN_PROMTOOL, or the promtool on PATH if it is of version 3 or newer. */
export const promtool = process.env.TOCSIN_PROMTOOL ?? (versionOf("promtool") >= 3 ? "promtool" : undefined);

/** What promtool says against a configuration, or nothing. */
export function complaint(jobs: readonly object[]): string | undefined {
  if (promtool === undefined) throw new Error("no promtool");
  const folder = mkdtempSync(join(tmpdir(), "tocsin-"));
  try {
    const file = join(folder, "prometheus.yml");
    writeFileSync(file, stringify({ scrape_configs: jobs }));
    const { status, stdout, stderr } = spawnSync(promtool, ["check", "config", "--syntax-only", file], {
      encoding: "utf8",
    });
    return status === 0 ? undefined : `${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function versionOf(command: string): number {
  const { stdout } = spawnSync(command, ["--version"], { encoding: "utf8" });
  return Number(/version (\d+)\./.exec(stdout ?? "")?.[1] ?? 0);
}
