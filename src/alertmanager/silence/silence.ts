/** Silences: matchers that mute alerts for a while. https://prometheus.io/docs/alerting/latest/alertmanager/#silences */
import type { LabelSet } from "../../label/label-set.ts";
import type { Matcher } from "../../label/matcher.ts";
import { type CompiledMatcher, compileMatcher, matchesAll } from "../matcher/compile.ts";

/** A silence. It holds from its start to its end, both in milliseconds since 1970 and both included. */
export interface Silence {
  readonly id: string;
  readonly matchers: readonly Matcher[];
  readonly startsAt: number;
  readonly endsAt: number;
  readonly comment?: string;
}

/** Finds the silences of alerts. */
export class Silencer {
  readonly #silences: readonly (Silence & { readonly compiled: readonly CompiledMatcher[] })[];

  constructor(silences: readonly Silence[]) {
    this.#silences = silences.map((silence) => ({ ...silence, compiled: silence.matchers.map(compileMatcher) }));
  }

  /** Whether any silence could ever mute these labels. */
  concerns(labels: LabelSet): boolean {
    return this.#silences.some(({ compiled }) => matchesAll(compiled, labels));
  }

  /** The silences that mute an alert at `now`. */
  mutedBy(labels: LabelSet, now: number): readonly Silence[] {
    return this.#silences.filter(
      ({ compiled, startsAt, endsAt }) => startsAt <= now && now <= endsAt && matchesAll(compiled, labels),
    );
  }
}
