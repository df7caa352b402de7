/**
 * Hands on what a run of vitest has asserted. `tocsin test --export`, `--coverage` and `tocsin mutate` run the user's
 * tests with a variable that says what they want; each test file answers when it is done.
 */
import { createHash } from "node:crypto";
import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll } from "vitest";
import { groupBy } from "../util/group-by.ts";
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
  // Not that of a process that a test of the project starts elsewhere.
  if (realpathSync(process.cwd()) !== realpathSync(session.root)) return;
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
    answer(session, file, await coverageOf(await aboutProject(assertions)));
  },
  mutants: async (session, file, assertions) => {
    const { mutantsOf } = await import("./mutation/of-scenarios.ts");
    answer(session, file, await mutantsOf(await aboutProject(assertions)));
  },
};

/** Without those about monitors that the test file makes for itself: nobody runs these. */
async function aboutProject(assertions: readonly Assertion[]): Promise<readonly Assertion[]> {
  const { whereabouts } = await import("./coverage/whereabouts.ts");
  const own: Assertion[] = [];
  for (const [{ definitionOf }, ofWorkspace] of groupBy(assertions, ({ scenario }) => scenario.workspace)) {
    const files = await Promise.all([...definitionOf.values()].map(async (one) => (await whereabouts(one)).file));
    if (!files.some((file) => resolve(file) === ofWorkspace[0]?.file)) own.push(...ofWorkspace);
  }
  return own;
}

function answer({ folder }: Session, file: string, content: unknown): void {
  mkdirSync(folder, { recursive: true });
  const name = createHash("sha256").update(file).digest("hex").slice(0, 16);
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));
}
