/** The processes of a run: started, watched, and ended whatever happens. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** How long a process may take to end when asked to, in milliseconds. */
const GRACE = 3_000;

/** As much of what a process said as helps to understand its end. */
const LINES = 15;

/** Reads the ids of processes, and ends those when its input does: when we are gone, and be it by SIGKILL. */
const GUARD = 'while read -r id; do ids="$ids $id"; done; kill -9 $ids';

interface Started {
  readonly name: string;
  readonly child: ChildProcess;
  readonly said: string[];
}

export class Processes {
  readonly #started: Started[] = [];
  #guard: ChildProcess | undefined;
  readonly #killAll = () => {
    for (const { child } of this.#started) child.kill("SIGKILL");
  };

  constructor() {
    // The last resort, where nobody came to call `end`.
    process.on("exit", this.#killAll);
  }

  /** Starts a program in a folder. Its input stays open for as long as we live. */
  start(name: string, program: string, args: readonly string[], cwd: string): void {
    // In a group of its own: Ctrl-C reaches us alone, and we end all others in order.
    const child = spawn(program, args, { cwd, stdio: "pipe", detached: true });
    const said: string[] = [];
    const hear = (chunk: Buffer) => {
      said.push(...String(chunk).trimEnd().split("\n"));
      said.splice(0, said.length - LINES);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("error", (error) => said.push(error.message));
    this.#started.push({ name, child, said });
    if (child.pid !== undefined) this.#watchOver(child.pid);
  }

  /** Throws where a process ended by itself, with the last it said. */
  readonly check = (): void => {
    const dead = this.#started.find(({ child }) => hasEnded(child));
    if (dead === undefined) return;
    const { exitCode, signalCode } = dead.child;
    const how = signalCode ?? (exitCode === null ? "an error" : `exit code ${exitCode}`);
    throw new Error(`${dead.name} ended with ${how}. It said:\n${dead.said.join("\n")}`);
  };

  /** Ends all processes, those that do not listen by force. */
  async end(): Promise<void> {
    await Promise.all(this.#started.map(({ child }) => endProcess(child)));
    this.#started.length = 0;
    this.#guard?.kill("SIGKILL");
    process.off("exit", this.#killAll);
  }

  #watchOver(id: number): void {
    this.#guard ??= spawn("sh", ["-c", GUARD], { stdio: ["pipe", "ignore", "ignore"], detached: true });
    this.#guard.stdin?.write(`${id}\n`);
  }
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, "exit");
  const force = setTimeout(() => child.kill("SIGKILL"), GRACE);
  child.kill("SIGTERM");
  await ended;
  clearTimeout(force);
}

function hasEnded({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid === undefined || exitCode !== null || signalCode !== null;
}
