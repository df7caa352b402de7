/** What the run keeps on disk: the servers' data, and the secrets that Alertmanager's configuration points at. */
import { lstatSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { address } from "./addresses.ts";
import type { AlertmanagerConfig } from "./output.ts";

/** In a folder of secrets, tells that a run made it. */
const MARK = ".made-by-tocsin-e2e";

export class Folders {
  readonly #made: string[] = [];
  readonly #remove = () => {
    for (const folder of this.#made) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };

  constructor() {
    // The last resort, where nobody came to call `remove`.
    process.on("exit", this.#remove);
  }

  /** An empty folder for data. */
  temporary(): string {
    const folder = mkdtempSync(join(tmpdir(), "tocsin-e2e-"));
    this.#made.push(folder);
    return folder;
  }

  /** Writes every file that the configuration reads a secret from. Throws rather than touch a folder of somebody else. */
  writeSecrets(config: AlertmanagerConfig): void {
    const files = secretFiles(config);
    for (const folder of new Set(files.map(({ path }) => dirname(path)))) this.#secretFolder(folder);
    for (const { path, secret } of files) writeFileSync(path, secret, { mode: 0o600 });
  }

  /** Removes all of it. */
  remove(): void {
    this.#remove();
    this.#made.length = 0;
    process.off("exit", this.#remove);
  }

  #secretFolder(folder: string): void {
    // What a run left behind that was killed. The ports are free, so it is not under way any more.
    if (isOurs(folder)) rmSync(folder, { recursive: true });
    try {
      mkdirSync(folder, { mode: 0o700 });
    } catch (error) {
      throw new Error(`Cannot make ${folder} for the run's secrets: ${(error as Error).message}. Move it away.`);
    }
    this.#made.push(folder);
    writeFileSync(join(folder, MARK), "");
  }
}

interface SecretFile {
  readonly path: string;
  readonly secret: string;
}

/** What is in the file that a setting names. */
const SECRETS: Readonly<Record<string, (path: string) => string>> = {
  api_url_file: () => address("receiver of notifications", "/slack"),
  routing_key_file: routingKey,
  api_secret_file: () => WECHAT_SECRET,
};

export const WECHAT_SECRET = "the warehouse's secret";

/** The key of a PagerDuty service, by the file that it lies in: `pagerduty-payments-primary` holds `payments-primary`. */
export function routingKey(path: string): string {
  return basename(path).replace(/^pagerduty-/, "");
}

function secretFiles({ receivers }: AlertmanagerConfig): readonly SecretFile[] {
  const integrations = receivers.flatMap(({ name: _, ...byKind }) => Object.values(byKind).flat());
  return integrations.flatMap((integration) =>
    Object.entries(SECRETS).flatMap(([setting, secret]) => {
      const path = (integration as Readonly<Record<string, unknown>>)[setting];
      return typeof path === "string" ? [{ path, secret: secret(path) }] : [];
    }),
  );
}

function isOurs(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return (
    found?.isDirectory() === true &&
    found.uid === process.getuid?.() &&
    lstatSync(join(folder, MARK), { throwIfNoEntry: false })?.isFile() === true
  );
}
