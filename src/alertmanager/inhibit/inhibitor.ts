/**
 * Which alerts are inhibited, by which others. For each rule and each combination of `equal` values only one source is
 * indexed, the one that ends last when it was posted, so that inhibition can lapse for a moment when that one resolves.
 * https://github.com/prometheus/alertmanager/blob/v0.34.0/inhibit/inhibit.go
 */
import type { AlertRecord } from "../alert/record.ts";
import { matchesAll } from "../matcher/compile.ts";
import { equalKey, type InhibitRule } from "./rule.ts";

/** Why an alert is inhibited. */
export interface Inhibition {
  readonly rule: InhibitRule;
  readonly source: AlertRecord;
}

/** The sources of one rule that share their `equal` values. */
interface Bucket {
  readonly sources: Set<AlertRecord>;
  indexed: AlertRecord | undefined;
}

interface RuleState {
  readonly rule: InhibitRule;
  readonly buckets: Map<string, Bucket>;
}

/** What a rule has to do with an alert's labels, which never change. */
interface Role {
  readonly state: RuleState;
  readonly key: string;
  readonly isSource: boolean;
  readonly isTarget: boolean;
}

export class Inhibitor {
  readonly #states: readonly RuleState[];
  readonly #roles = new WeakMap<AlertRecord, readonly Role[]>();
  /** Tells that the repeated posts of a source matter from now on: another alert is indexed in its place. */
  readonly #watch: (source: AlertRecord) => void;

  constructor(rules: readonly InhibitRule[], watch: (source: AlertRecord) => void = () => {}) {
    this.#states = rules.map((rule) => ({ rule, buckets: new Map() }));
    this.#watch = watch;
  }

  /** Whether any source is remembered. */
  get hasSources(): boolean {
    return this.#states.some(({ buckets }) => buckets.size > 0);
  }

  /** Whether any rule could ever inhibit an alert. */
  concerns(alert: AlertRecord): boolean {
    return this.#rolesOf(alert).some(({ isTarget }) => isTarget);
  }

  /** Takes a post of an alert. Gives whether its next one matters too. */
  posted(alert: AlertRecord, now: number): boolean {
    let matters = false;
    for (const { state, key, isSource } of this.#rolesOf(alert)) {
      if (!isSource) continue;
      let bucket = state.buckets.get(key);
      if (bucket === undefined) {
        bucket = { sources: new Set(), indexed: undefined };
        state.buckets.set(key, bucket);
      }
      bucket.sources.add(alert);
      const { indexed } = bucket;
      const replaced =
        indexed === undefined || !bucket.sources.has(indexed) || indexed.endsAt(now) <= alert.endsAt(now);
      if (indexed !== alert && replaced) {
        bucket.indexed = alert;
        // The other sources are watched already: only the indexed one is not.
        if (indexed !== undefined) this.#watch(indexed);
      }
      if (bucket.indexed !== alert) matters = true;
    }
    return matters;
  }

  /** Forgets resolved sources, as Alertmanager does every quarter of an hour. Gives whether any source is left. */
  collectGarbage(now: number): boolean {
    let left = false;
    for (const { buckets } of this.#states)
      for (const [key, bucket] of buckets) {
        let removed = false;
        for (const source of bucket.sources)
          if (source.resolvedAt(now)) {
            bucket.sources.delete(source);
            removed = true;
          }
        if (bucket.sources.size === 0) {
          buckets.delete(key);
          continue;
        }
        left = true;
        if (!removed) continue;
        // The index is dropped with any of the sources, not only with the indexed one.
        bucket.indexed = undefined;
        for (const source of bucket.sources) this.#watch(source);
      }
    return left;
  }

  /** Why an alert is inhibited at `now`, if it is. */
  inhibitedBy(alert: AlertRecord, now: number): Inhibition | undefined {
    for (const { state, key, isSource, isTarget } of this.#rolesOf(alert)) {
      if (!isTarget) continue;
      const source = state.buckets.get(key)?.indexed;
      if (source === undefined || source.resolvedAt(now)) continue;
      // Alerts that match both sides do not inhibit each other.
      if (isSource && matchesAll(state.rule.target, source.labels)) continue;
      return { rule: state.rule, source };
    }
    return undefined;
  }

  #rolesOf(alert: AlertRecord): readonly Role[] {
    let roles = this.#roles.get(alert);
    if (roles === undefined) {
      roles = this.#states.flatMap((state) => {
        const isSource = matchesAll(state.rule.source, alert.labels);
        const isTarget = matchesAll(state.rule.target, alert.labels);
        return isSource || isTarget ? [{ state, key: equalKey(state.rule, alert.labels), isSource, isTarget }] : [];
      });
      this.#roles.set(alert, roles);
    }
    return roles;
  }
}
