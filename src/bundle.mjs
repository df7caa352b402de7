// Puts the commands that need nothing of the model into one file beside the compiled ones, see `cli/main.ts`. All others are
// left to `dist/` as it is compiled: a monitors file must meet the very modules that `import "tocsin"` gives. The program's
// own file becomes CommonJS, which Node starts sooner.
import { readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const cli = join(dirname(dirname(fileURLToPath(import.meta.url))), "dist", "cli");

/** The modules of the commands that `main.ts` calls quick. */
const QUICK = ["./test.js", "./mutate.js", "./query-command.js", "./promql.js", "./version.js", "./help.js"];
/** What only runs where time does not matter, and brings packages of its own. */
const SLOW = ["./watch-files.js", "../testing/vitest-run.js"];
/** The packages that come along; others are loaded from where they are. Their licences stand in `yaml/read.ts` and below. */
const PACKAGES = ["yaml", "picocolors"];

for (const name of readdirSync(cli)) if (name.startsWith("quick.cjs")) rmSync(join(cli, name));
await build({
  entryPoints: [join(cli, "main.js"), join(cli, "quick.js")],
  outdir: cli,
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  // As ECMAScript modules, of which only what is used is taken.
  mainFields: ["module", "main"],
  conditions: ["module"],
  define: { "import.meta.url": "ownUrl" },
  banner: { js: 'const ownUrl = require("node:url").pathToFileURL(__filename).href;' },
  legalComments: "eof",
  logLevel: "warning",
  plugins: [
    {
      name: "quick-commands",
      setup({ onResolve }) {
        onResolve({ filter: /^[^./]/ }, ({ path }) => (PACKAGES.includes(path) ? undefined : { path, external: true }));
        onResolve({ filter: /^\.\.?\// }, ({ kind, path, importer }) => {
          if (kind !== "dynamic-import") return undefined;
          const isTable = importer.endsWith("commands.js");
          const isApart = importer.endsWith("main.js") || (isTable && !QUICK.includes(path)) || SLOW.includes(path);
          return isApart ? { path, external: true } : undefined;
        });
      },
    },
  ],
});
