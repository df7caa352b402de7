import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");

it("tells people what is wrong with typical mistakes, in words kept in a file", { timeout: 60_000 }, async () => {
  const run = promisify(execFile)(process.execPath, [tsc, "--noEmit", "--pretty", "false", "-p", "test/mistakes"]);
  const output = await run.then(
    () => "",
    ({ stdout }: { stdout: string }) => stdout,
  );
  await expect(output).toMatchFileSnapshot("mistakes/expected.txt");
});
