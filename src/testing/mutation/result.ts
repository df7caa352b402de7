/** Which changes of rules tests noticed. */

export interface MutantResult {
  readonly rule: string;
  /** Where the rule was defined; 0 where nobody knows the line. */
  readonly file: string;
  readonly line: number;
  readonly change: string;
  readonly noticed: boolean;
}

export interface MutationResult {
  readonly mutants: readonly MutantResult[];
  /** How long the mutants ran, in milliseconds. */
  readonly milliseconds: number;
}

/** What several test files noticed together. */
export function mergeMutants(all: Iterable<MutationResult>): MutationResult {
  const merged = new Map<string, MutantResult>();
  let milliseconds = 0;
  for (const result of all) {
    milliseconds += result.milliseconds;
    for (const mutant of result.mutants) {
      const key = JSON.stringify([mutant.file, mutant.line, mutant.rule, mutant.change]);
      const before = merged.get(key);
      merged.set(key, before === undefined ? mutant : { ...mutant, noticed: mutant.noticed || before.noticed });
    }
  }
  return { mutants: [...merged.values()], milliseconds };
}

/** The share of changes that were noticed, from 0 to 1. */
export function mutationScore({ mutants }: MutationResult): number {
  return mutants.length === 0 ? 1 : mutants.filter(({ noticed }) => noticed).length / mutants.length;
}

/** The changes that nobody noticed, and the score. */
export function mutationText(result: MutationResult, elapsedMs: number): string {
  const lines: string[] = [];
  for (const { file, line, rule, change, noticed } of result.mutants) {
    if (!noticed) lines.push(`${file}${line > 0 ? `:${line}` : ""} ${rule}: no test notices when ${change}`);
  }
  const { length } = result.mutants;
  const noticed = result.mutants.filter((mutant) => mutant.noticed).length;
  const score = Math.floor(mutationScore(result) * 1000) / 10;
  const speed = elapsedMs > 0 ? `, ${Math.round((length / elapsedMs) * 1000)} a second` : "";
  lines.push(`Mutation score: ${score}% (${noticed} of ${length} changes noticed${speed})`);
  return `${lines.join("\n")}\n`;
}
