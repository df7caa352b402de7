import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { PAGES } from "../../src/explain/pages.ts";

/** All TypeScript below a folder, as one text for each file. */
function texts(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(folder, file), "utf8"));
}

it("has a test for every diagnostic that can be reported", () => {
  const codes = new Set(
    texts("src").flatMap((text) => [...text.matchAll(/\bcode: "([a-z-]+\/[a-z-]+)"/g)].map(([, code]) => code ?? "")),
  );
  const tests = texts("test").join("\n");
  expect(codes.size).toBeGreaterThan(20);
  // What the wrong example of a page shows is tested with the pages.
  const isTested = (code: string) => tests.includes(code) || PAGES[code]?.wrong !== undefined;
  expect([...codes].filter((code) => !isTested(code)).sort()).toEqual([]);
});
