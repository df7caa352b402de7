/**
 * Hands on what a run of vitest has asserted. `tocsin test --export`, `--coverage` and `tocsin mutate` run the user's
 * tests with a variable that says what they want; each test file answers when it is done.
 */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll } from "vitest";
import { type Assertion, listen } from "./assertions.ts";

/** What the variable `TOCSIN_SESSION` holds, as JSON. */
export interface Session {
  readonly want: "export" | "coverage" | "mutants";
  /** Where answers go. */
  readonly folder: string;
  readonly root: string;
}

export const SESSION_VARIABLE = "TOCSIN_SESSION";

const wish = process.env[SESSION_VARIABLE];
if (wish !== undefined && wish !== "") follow(JSON.parse(wish) as Session);

function follow(session: Session): void {
  const assertions: Assertion[] = [];
  listen((assertion) => assertions.push(assertion));
  afterAll(async () => {
    const [first] = assertions;
    if (first !== undefined) await ANSWERS[session.want](session, first.file, assertions);
  }, 600_000);
}

const ANSWERS: Readonly<
  Record<Session["want"], (session: Session, file: string, assertions: readonly Assertion[]) => Promise<void>>
> = {
  export: async ({ folder, root }, file, assertions) => {
    const { writeExport } = await import("./export/write.ts");
    writeExport(folder, file, assertions, root);
  },
  coverage: async (session, file, assertions) => {
    const { coverageOf } = await import("./coverage/of-scenarios.ts");
    answer(session, file, await coverageOf(assertions));
  },
  mutants: async (session, file, assertions) => {
    const { mutantsOf } = await import("./mutation/of-scenarios.ts");
    answer(session, file, await mutantsOf(assertions));
  },
};

function answer({ folder }: Session, file: string, content: unknown): void {
  mkdirSync(folder, { recursive: true });
  const name = createHash("sha256").update(file).digest("hex").slice(0, 16);
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));
}
