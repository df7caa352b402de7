// Puts the commands that need nothing of the model into one file beside the compiled ones, see `cli/main.ts`. All others are
// left to `dist/` as it is compiled: a monitors file must meet the very modules that `import "tocsin"` gives. The program's
// own file becomes CommonJS, which Node starts sooner. Licences ask to go where their packages go: they are put beside.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { QUICK_COMMANDS } from "../dist/cli/quick-commands.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cli = join(root, "dist", "cli");

/** The modules of the quick commands, and of those that the program itself may turn to. */
const QUICK = [...Object.values(QUICK_COMMANDS), "./version.js", "./help.js"];
/** What only runs where time does not matter, and brings packages of its own. */
const SLOW = ["./watch-files.js", "../testing/vitest-run.js"];
/** The packages that come along; others are loaded from where they are. */
const PACKAGES = ["yaml", "picocolors"];

for (const name of readdirSync(cli)) if (name.startsWith("quick.cjs")) rmSync(join(cli, name));
const { metafile } = await build({
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
  metafile: true,
  absWorkingDir: root,
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

// A script whose compiled code was kept cannot import (Node tells such from others by what is lost with it): `main.ts` does
// it in its place.
const quick = join(cli, "quick.cjs");
writeFileSync(quick, readFileSync(quick, "utf8").replaceAll(/\bimport\(/g, "importModule("));

const packages = Object.keys(metafile.inputs).flatMap(
  (path) => /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [],
);
const notices = [...new Set(packages)].sort().map((folder) => {
  const { name, version } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
  return `${name} ${version}\n\n${readFileSync(join(root, folder, "LICENSE"), "utf8").trim()}\n`;
});
writeFileSync(
  join(cli, "quick.cjs.LICENSES.txt"),
  `quick.cjs holds these packages, too:\n\n${notices.join(`\n${"-".repeat(80)}\n\n`)}`,
);
