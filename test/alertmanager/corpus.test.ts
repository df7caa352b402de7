/** The public corpus of configurations and route cases, where it is at hand: TOCSIN_CORPORA. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const corpora = process.env.TOCSIN_CORPORA ?? fileURLToPath(new URL("../../../shared/corpora", import.meta.url));

it.skipIf(!existsSync(`${corpora}/alertmanager-config`))(
  "agrees with every verdict and every route case of the corpus (skipped where there is none)",
  { timeout: 60_000 },
  () => {
    const { stdout } = spawnSync(process.execPath, ["test/run.mjs", "test/conformance/routes.ts", corpora], {
      encoding: "utf8",
    });
    expect(stdout.trim()).toMatch(/^\d+ passed, 0 failed$/);
  },
);
