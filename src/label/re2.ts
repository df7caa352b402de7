/** RE2JS, loaded with the first regular expression that needs it: most need none, and it is large. */
import { createRequire } from "node:module";
import type { RE2JS } from "re2js";

let loaded: typeof RE2JS | undefined;

/** Gives the library's class. */
export function re2(): typeof RE2JS {
  loaded ??= (createRequire(import.meta.url)("re2js") as { readonly RE2JS: typeof RE2JS }).RE2JS;
  return loaded;
}
