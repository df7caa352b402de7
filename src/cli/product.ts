/** The heavy part of the product, which commands load when they need it. */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Compile } from "../emit/compile-result.ts";

export interface Product {
  readonly compile: Compile;
  /** What a monitors file gets that imports the package: this very instance. */
  readonly provided: Readonly<Record<string, unknown>>;
}

/** Loads the compiler and the package's entries. */
export async function loadProduct(): Promise<Product> {
  const [{ compile }, tocsin] = await Promise.all([import("../emit/compile.ts"), import("../index.ts")]);
  return {
    compile,
    provided: {
      tocsin,
      // Few monitors import these, and most builds never load them.
      get "tocsin/promql"() {
        return requireOwn("promql");
      },
      get "tocsin/testing"() {
        return requireOwn("testing");
      },
    },
  };
}

/** Gives the same module that `import` would: Node loads an ES module once, whoever asks. */
function requireOwn(entry: string): unknown {
  const here = fileURLToPath(import.meta.url);
  return createRequire(here)(`../${entry}${here.slice(here.lastIndexOf("."))}`);
}
