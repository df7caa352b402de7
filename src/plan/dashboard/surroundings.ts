/** Everything that a dashboard depends on, so that one is planned anew only where something of it is another. */
import type { AnyService } from "../../model/service.ts";
import type { Workspace } from "../../model/workspace.ts";
import type { Expr } from "../../promql/ast.ts";
import { walkExpr } from "../../promql/map.ts";
import { memoized, sameList } from "../../util/memo.ts";
import type { PlannedAlert, PlannedRecording } from "../plan.ts";

/** The series that an expression reads, by name. */
export const seriesRead = memoized((expr: Expr): readonly string[] => {
  const names = new Set<string>();
  walkExpr(expr, (node) => {
    if (node.kind === "VectorSelector" && node.name !== undefined) names.add(node.name);
  });
  return [...names];
});

const PARTS = ["", "_bucket", "_count", "_sum"] as const;

/** Knows who declares, records and watches each series. */
export class Surroundings {
  readonly #around = new Map<string, object[]>();
  readonly #recordings = new Map<string, PlannedRecording>();

  constructor({ definitions }: Workspace, alerts: readonly PlannedAlert[], recordings: readonly PlannedRecording[]) {
    for (const service of definitions.Service) for (const name of declaredBy(service)) this.#add(name, service);
    for (const recording of recordings) {
      this.#recordings.set(recording.name, recording);
      this.#add(recording.name, recording);
    }
    for (const alert of alerts) for (const name of seriesRead(alert.expr)) this.#add(name, alert);
  }

  /** The definitions and rules that have to do with what the expressions read, directly or through what is recorded. */
  of(exprs: Iterable<Expr>): readonly object[] {
    const found = new Set<object>();
    const seen = new Set<string>();
    const visit = (name: string): void => {
      if (seen.has(name)) return;
      seen.add(name);
      for (const one of this.#around.get(name) ?? []) found.add(one);
      const recording = this.#recordings.get(name);
      if (recording !== undefined) for (const inner of seriesRead(recording.expr)) visit(inner);
    };
    for (const expr of exprs) for (const name of seriesRead(expr)) visit(name);
    return [...found];
  }

  #add(name: string, one: object): void {
    const others = this.#around.get(name);
    if (others === undefined) this.#around.set(name, [one]);
    else others.push(one);
  }
}

const declaredBy = memoized(({ spec }: AnyService): readonly string[] =>
  Object.values(spec.metrics ?? {}).flatMap(({ definition }) => PARTS.map((part) => definition.name + part)),
);

/** Remembers what was made for a key, as long as its parts are the very same. */
export function remembered<K extends object, V>(): (key: K, parts: readonly unknown[], make: () => V) => V {
  const known = new WeakMap<K, { readonly parts: readonly unknown[]; readonly value: V }>();
  return (key, parts, make) => {
    const before = known.get(key);
    if (before !== undefined && sameList(before.parts, parts)) return before.value;
    const value = make();
    known.set(key, { parts, value });
    return value;
  };
}
