/** A current amtool to compare with: TOCSIN_AMTOOL names one, else the one that is installed, if it is new enough. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const AMTOOL = process.env.TOCSIN_AMTOOL ?? "amtool";

export interface Verdict {
  readonly accepted: boolean;
  readonly output: string;
}

/** What `amtool check-config` says of alertmanager.yml, with the other files beside it. */
export function checkConfig(files: Readonly<Record<string, string>>): Verdict {
  return inFolder(files, (folder) => run(["check-config", join(folder, "alertmanager.yml")]));
}

/** What `amtool template render` makes of a text with a file of templates, for amtool's own example of a group. */
export function render(templates: string, text: string, html: boolean): Verdict {
  return inFolder({ "tocsin.tmpl": templates }, (folder) =>
    run([
      "template",
      "render",
      `--template.glob=${folder}/*.tmpl`,
      `--template.text=${text}`,
      `--template.type=${html ? "html" : "text"}`,
    ]),
  );
}

// Labels of receivers are among what is new.
const NEWEST = "route: { receiver: a }\nreceivers: [{ name: a, labels: { b: c } }]\n";

/** Why nothing can be compared, or nothing where it can. */
export const absent = checkConfig({ "alertmanager.yml": NEWEST }).accepted
  ? undefined
  : "no current amtool: name one by TOCSIN_AMTOOL";

function inFolder(files: Readonly<Record<string, string>>, use: (folder: string) => Verdict): Verdict {
  const folder = mkdtempSync(join(tmpdir(), "tocsin-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(args: readonly string[]): Verdict {
  const { status, stdout, stderr, error } = spawnSync(AMTOOL, args, { encoding: "utf8" });
  return { accepted: status === 0, output: error?.message ?? (status === 0 ? stdout : `${stdout}${stderr}`) };
}
