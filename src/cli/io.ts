/** What a command sees of the world, so that a test can be that world. */

export interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

export interface Io {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** From now on, being asked to stop does not end the process but aborts the signal. */
  listenForStop(): AbortSignal;
  /** Everything that is piped in: what `-` stands for. */
  readStdin(): Promise<string>;
}

/** 0: all is well. 1: problems were found. 2: the command was not used as it is meant to be. */
export type ExitCode = 0 | 1 | 2;

/** Whether a stream gets colours: https://no-color.org and https://force-color.org, then whether someone is looking. */
export function wantsColor({ isTTY }: Stream, { NO_COLOR, FORCE_COLOR, TERM }: Io["env"]): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return isTTY === true && TERM !== "dumb";
}

/** Whether someone watches the command work. */
export function isInteractive({ stderr, env }: Io): boolean {
  return stderr.isTTY === true && !isSet(env.CI) && env.TERM !== "dumb";
}

/** Whether the command runs in a workflow of GitHub, which shows annotations. */
export function isGithub({ env }: Io): boolean {
  return env.GITHUB_ACTIONS === "true";
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "0" && value !== "false";
}
