/** Where the file begins that holds the quick commands: `src/bundle.mjs` makes it, `main.ts` runs it. */
import { program } from "./program.ts";

void program();
