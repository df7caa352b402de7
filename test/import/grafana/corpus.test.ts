import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { conformance } from "../../conformance/dashboards.ts";

const corpora = process.env.TOCSIN_CORPORA ?? "../shared/corpora";
const present = existsSync(`${corpora}/dashboards`);

describe.skipIf(!present)(present ? "real dashboards" : `real dashboards (no corpora at ${corpora})`, () => {
  it("are read, and every query in them is one, or wrong in itself", () => {
    const { failed, passed, lines } = conformance([corpora]);
    expect(lines.filter((line) => line.startsWith("FAIL"))).toEqual([]);
    expect(failed).toBe(0);
    expect(passed).toBeGreaterThan(3000);
  });
});
