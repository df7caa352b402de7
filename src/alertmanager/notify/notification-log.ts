/**
 * What each integration was last told of each group, which decides whether it is told again.
 * https://github.com/prometheus/alertmanager/blob/v0.34.0/notify/dedup_stage.go
 */
import type { NotificationReason } from "./notification.ts";

export interface LogEntry {
  /** When it was told. */
  readonly at: number;
  /** Keys of the alerts that were firing then, and of those that were resolved. */
  readonly firing: ReadonlySet<string>;
  readonly resolved: ReadonlySet<string>;
  /** From when on the entry may be forgotten. */
  readonly expiresAt: number;
}

export interface LogOptions {
  /** When the process started, from which its maintenance is timed. */
  readonly start: number;
  /** `--data.retention` and `--data.maintenance-interval`, in milliseconds. */
  readonly retention: number;
  readonly maintenance: number;
}

export class NotificationLog {
  readonly #entries = new Map<string, LogEntry>();
  readonly #options: LogOptions;

  constructor(options: LogOptions) {
    this.#options = options;
  }

  get(key: string, now: number): LogEntry | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && now < this.forgottenAt(entry) ? entry : undefined;
  }

  set(key: string, now: number, firing: ReadonlySet<string>, resolved: ReadonlySet<string>, repeat: number): LogEntry {
    const entry = { at: now, firing, resolved, expiresAt: now + Math.min(this.#options.retention, 2 * repeat) };
    this.#entries.set(key, entry);
    return entry;
  }

  /** The maintenance that throws an entry away. */
  forgottenAt({ expiresAt }: LogEntry): number {
    const { start, maintenance } = this.#options;
    return start + Math.ceil((expiresAt - start) / maintenance) * maintenance;
  }
}

/** Why an integration is told of a group that looks so now; `undefined` if it is not. */
export function reasonToNotify(
  entry: LogEntry | undefined,
  firing: ReadonlySet<string>,
  resolved: ReadonlySet<string>,
  { sendResolved, repeat, now }: { readonly sendResolved: boolean; readonly repeat: number; readonly now: number },
): NotificationReason | undefined {
  if (entry === undefined) return firing.size > 0 ? "first notification" : undefined;
  if (!isSubset(firing, entry.firing)) return entry.firing.size === 0 ? "first notification" : "new alerts added";
  // Even a receiver that wants no resolved notifications passes here, so that the log forgets what fired.
  if (firing.size === 0) return entry.firing.size > 0 ? "all alerts resolved" : undefined;
  if (sendResolved && !isSubset(resolved, entry.resolved)) return "some alerts resolved";
  return entry.at < now - repeat ? "repeat interval elapsed" : undefined;
}

function isSubset(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  if (part.size > whole.size) return false;
  for (const item of part) if (!whole.has(item)) return false;
  return true;
}
