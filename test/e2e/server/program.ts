/** Finds the servers' programs, and which environment of the shop they can read. */
import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { promisify } from "node:util";

export interface Program {
  readonly title: string;
  readonly path: string;
  /** Undefined where a program does not know, as those built without a release's flags. */
  readonly version: string | undefined;
}

/** Where the title's program is found: a variable of the environment, or one of these names on PATH. */
const KNOWN = {
  Prometheus: { variable: "TOCSIN_PROMETHEUS", names: ["prometheus"], package: "prometheus" },
  Alertmanager: {
    variable: "TOCSIN_ALERTMANAGER",
    names: ["alertmanager", "prometheus-alertmanager"],
    package: "prometheus-alertmanager",
  },
} as const;

type Title = keyof typeof KNOWN;

/** The environments made for a run here, those for newer servers first, and from which version on a server reads them. */
const READS: readonly { readonly environment: string; readonly from: Readonly<Record<Title, string>> }[] = [
  { environment: "local", from: { Prometheus: "3.8", Alertmanager: "0.31" } },
  { environment: "debian", from: { Prometheus: "2.42", Alertmanager: "0.25" } },
];

/** Finds a program. Throws where there is none, and says how to get it. */
export async function findProgram(title: Title): Promise<Program> {
  const { variable, names, package: debian } = KNOWN[title];
  const given = process.env[variable];
  const path = given === undefined ? onPath(names) : isAbsolute(given) ? given : onPath([given]);
  if (path === undefined || !isExecutable(path)) {
    throw new Error(
      given === undefined
        ? `There is no ${title} on PATH. Install Debian's package ${debian}, or name the program in ${variable}.`
        : `${variable} names ${given}, which is no program.`,
    );
  }
  return { title, path, version: await versionOf(path) };
}

/** The newest environment that both servers can read. */
export function chooseEnvironment(prometheus: Program, alertmanager: Program): string {
  const fits = READS.find(({ from }) => isFrom(prometheus, from.Prometheus) && isFrom(alertmanager, from.Alertmanager));
  if (fits !== undefined) return fits.environment;
  const needed = READS.at(-1)?.from;
  throw new Error(
    `The run needs Prometheus ${needed?.Prometheus} and Alertmanager ${needed?.Alertmanager}, or newer. ` +
      `Found: ${[prometheus, alertmanager].map(({ title, version, path }) => `${title} ${version} (${path})`).join(", ")}.`,
  );
}

function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function versionOf(path: string): Promise<string | undefined> {
  const { stdout, stderr } = await promisify(execFile)(path, ["--version"], { timeout: 10_000 });
  return /version (\d+\.\d+\.\d+)/.exec(stdout + stderr)?.[1];
}

function isFrom({ version }: Program, from: string): boolean {
  // One that somebody built himself: we take it for a current one.
  if (version === undefined) return true;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = from.split(".").map(Number);
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}
