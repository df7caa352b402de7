/** Writes a new repository of monitors. */
import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { type Command, defineCommand, UsageError } from "./command.ts";
import type { ExitCode, Io } from "./io.ts";
import { counted } from "./output.ts";
import { packageVersion } from "./version.ts";

export const initCommand: Command = defineCommand({
  description: "Writes a repository with a team, a service, an alert, its test and a workflow; existing files stay.",
  positionals: [{ name: "DIR", help: "The folder to write, which is made where there is none." }],
  options: {},
  examples: ["tocsin init shop-monitors", "tocsin init ."],
  run: async ({ positionals: [dir = "."] }, io) => init(resolve(io.cwd, dir), io),
});

/** The versions that the template was tried with. */
const VERSIONS = { typescript: "7.0.2", vitest: "4.1.12" };

/** Writes the repository into `dir`, or nothing at all. */
export async function init(dir: string, { stdout, stderr, cwd }: Io): Promise<ExitCode> {
  const files = await render(basename(dir));
  const taken = [...files.keys()].filter((path) => existsSync(join(dir, path)));
  if (taken.length > 0) {
    stderr.write(`Nothing is written, since these are there already:\n${taken.map((path) => `  ${path}\n`).join("")}`);
    return 1;
  }
  try {
    writeAll(dir, files);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new UsageError(`Cannot write ${JSON.stringify(dir)}: ${(error as Error).message}.`, "Nothing was written.");
  }
  const way = relative(cwd, dir);
  const enter = way === "" ? "" : `  cd ${/^[\w./-]+$/.test(way) ? way : `'${way.replace(/'/g, "'\\''")}'`}\n`;
  stdout.write(`${counted(files.size, "file")} written. Now:\n\n${enter}  npm install\n  npm run build\n  npm test\n`);
  return 0;
}

/** The files of the template, with what is particular to this project put in. */
async function render(name: string): Promise<ReadonlyMap<string, string>> {
  const { default: Handlebars } = await import("handlebars");
  const handlebars = Handlebars.create();
  handlebars.registerHelper("json", (value: unknown) => JSON.stringify(value));
  handlebars.registerHelper("markdown", (text: string) =>
    text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>()#+\-.!|~&]/g, "\\$&"),
  );
  const data = { name, packageName: packageName(name), versions: { ...VERSIONS, tocsin: `^${packageVersion()}` } };
  const home = fileURLToPath(new URL("../../templates/init/", import.meta.url));
  const sources = readdirSync(home, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".hbs"));
  return new Map(
    sources.sort().map((path) => {
      const template = handlebars.compile(readFileSync(join(home, path), "utf8"), { noEscape: true, strict: true });
      return [targetPath(path), template(data)];
    }),
  );
}

/** A template's name stands for the file's: without `.hbs`, and with a dot for `_`, since npm leaves dot files out. */
function targetPath(path: string): string {
  return path
    .replace(/\.hbs$/, "")
    .split(sep)
    .map((part) => part.replace(/^_/, "."))
    .join("/");
}

/** What npm takes for a name: https://docs.npmjs.com/cli/configuring-npm/package-json#name */
function packageName(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 200);
  return plain === "" || plain === "tocsin" || plain === "node-modules" ? "monitors" : plain;
}

/** Writes all files beside, and only then to their places; takes back what it put there if one cannot be. */
function writeAll(dir: string, files: ReadonlyMap<string, string>): void {
  const created: string[] = [];
  const makeFolder = (folder: string) => {
    const first = mkdirSync(folder, { recursive: true });
    if (first !== undefined) created.push(first);
  };
  let stage: string | undefined;
  try {
    makeFolder(dirname(dir));
    stage = mkdtempSync(join(dirname(dir), ".tocsin-init-"));
    for (const [path, text] of files) {
      mkdirSync(dirname(join(stage, path)), { recursive: true });
      writeFileSync(join(stage, path), text);
    }
    if (!existsSync(dir)) {
      chmodSync(stage, 0o777 & ~process.umask());
      renameSync(stage, dir);
      return;
    }
    for (const path of files.keys()) {
      makeFolder(dirname(join(dir, path)));
      copyFileSync(join(stage, path), join(dir, path), constants.COPYFILE_EXCL);
      created.push(join(dir, path));
    }
  } catch (error) {
    for (const path of created.reverse()) rmSync(path, { recursive: true, force: true });
    throw error;
  } finally {
    if (stage !== undefined) rmSync(stage, { recursive: true, force: true });
  }
}
