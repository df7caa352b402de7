/**
 * Finds the children of a route that can match without trying each: most routes ask for a value of the same label, such as
 * the team, so its value tells them apart.
 */
import type { CompiledMatcher } from "../matcher/compile.ts";

/** Positions of children, always in order. */
export interface ChildIndex {
  /** The label whose value tells children apart; `undefined` where all have to be tried. */
  readonly label: string | undefined;
  /** The children to try for a value of the label. */
  readonly byValue: ReadonlyMap<string, Int32Array>;
  /** The children to try for every other value. */
  readonly others: Int32Array;
}

interface Child {
  readonly matchers: readonly CompiledMatcher[];
}

/** With fewer children than this, trying all is as fast. */
const FEW = 4;

/** Indexes children by the label that most of them want a known value of. */
export function indexChildren(children: readonly Child[]): ChildIndex {
  const all = Int32Array.from(children.keys());
  const label = children.length < FEW ? undefined : mostAsked(children);
  if (label === undefined) return { label: undefined, byValue: new Map(), others: all };

  const wanted = children.map(
    ({ matchers }) => matchers.find(({ name, values }) => name === label && values !== undefined)?.values,
  );
  const others: number[] = [];
  const lists = new Map<string, number[]>();
  for (const values of wanted) for (const value of values ?? []) lists.set(value, []);
  for (const [i, values] of wanted.entries())
    if (values === undefined) {
      others.push(i);
      for (const list of lists.values()) list.push(i);
    } else for (const value of new Set(values)) lists.get(value)?.push(i);
  const byValue = new Map([...lists].map(([value, list]) => [value, Int32Array.from(list)]));
  return { label, byValue, others: Int32Array.from(others) };
}

function mostAsked(children: readonly Child[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { matchers } of children)
    for (const name of new Set(matchers.filter(({ values }) => values !== undefined).map(({ name }) => name)))
      counts.set(name, (counts.get(name) ?? 0) + 1);
  let best: string | undefined;
  for (const [name, count] of counts)
    if (count >= children.length / 2 && count > (counts.get(best ?? "") ?? 0)) best = name;
  return best;
}
