/** What matchers say about each other. */
import type { CompiledMatcher } from "../matcher/compile.ts";

/** The values that a label can have if all of these matchers pass, where they are few and known. */
function possibleValues(matchers: readonly CompiledMatcher[], name: string): readonly string[] | undefined {
  const own = matchers.filter((matcher) => matcher.name === name);
  const finite = own.find(({ values }) => values !== undefined)?.values;
  return finite?.filter((value) => own.every(({ test }) => test(value)));
}

/** The label about which matchers contradict each other, so that no label set passes all. */
export function contradiction(matchers: readonly CompiledMatcher[]): string | undefined {
  for (const { name, op, value } of matchers) {
    if (possibleValues(matchers, name)?.length === 0) return name;
    const opposite = op === "=" ? "!=" : op === "=~" ? "!~" : undefined;
    if (matchers.some((other) => other.name === name && other.op === opposite && other.value === value)) return name;
  }
  return undefined;
}

/** Whether every label set that passes `matchers` passes `other` too. */
export function implies(matchers: readonly CompiledMatcher[], other: CompiledMatcher): boolean {
  if (matchers.some(({ name, op, value }) => name === other.name && op === other.op && value === other.value))
    return true;
  return possibleValues(matchers, other.name)?.every((value) => other.test(value)) === true;
}
