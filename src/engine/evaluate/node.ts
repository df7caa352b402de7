/** Expressions made ready to be evaluated, any number of times, against one storage. */

import type { Matcher } from "../../label/matcher.ts";
import type { Span } from "../../promql/ast.ts";
import type { Labels } from "../labels/labels.ts";
import type { FloatSamples, HistogramSamples } from "../storage/samples.ts";
import type { Column, Emit } from "./column.ts";
import { broadcast } from "./column.ts";
import { atFirstStep, type Env, isInstant, onBehalf } from "./env.ts";

export type Node = VectorNode | ScalarNode | StringNode | RangeNode;

interface Base {
  /** The same at every step, so that one step is enough. */
  readonly invariant: boolean;
  readonly span: Span;
}

/** An instant vector at every step. */
export interface VectorNode extends Base {
  readonly kind: "vector";
  /** Emits series one by one, in the order in which Prometheus would hold them. */
  readonly run: (env: Env, emit: Emit) => void;
  /** Whether its series stay different ones when their metric names go. */
  readonly distinctWithoutName: () => boolean;
  /** Set for a selector, for the functions that look at how their argument was written. */
  readonly selector?: SelectorNode | undefined;
}

/** One number at every step. */
export interface ScalarNode extends Base {
  readonly kind: "scalar";
  readonly run: (env: Env) => Float64Array;
  /** A number that stands in the query. */
  readonly literal: boolean;
}

export interface StringNode extends Base {
  readonly kind: "string";
  readonly value: string;
}

/** A range vector: for every step the samples of a window. */
export interface RangeNode extends Base {
  readonly kind: "range";
  readonly windows: (env: Env) => Windows;
  readonly each: (env: Env, visit: (series: RangeSeries) => void) => void;
  /** How the ends of the windows are found beyond their samples. */
  readonly extended: "anchored" | "smoothed" | undefined;
  /** The matchers of a selector; a subquery has none. */
  readonly matchers: readonly Matcher[];
}

/** Where the windows lie. */
export interface Windows {
  readonly range: number;
  /** The end of each step's window is this much earlier than the step. */
  readonly offset: number;
  /** The one end of all windows, set by `@`. */
  readonly fixedEnd: number | undefined;
}

/** One series of a range vector, with all the samples that some window may need. */
export interface RangeSeries {
  readonly labels: Labels;
  readonly dropName: boolean;
  readonly floats: FloatSamples;
  readonly histograms: HistogramSamples;
}

/** What a function may need to know of a selector that is its argument. */
export interface SelectorNode {
  readonly matchers: readonly Matcher[];
  /** Calls `visit` with each series and, by step, the place of the sample whose time stands there or -1. */
  readonly places: (env: Env, visit: PlaceVisitor) => void;
}

export type PlaceVisitor = (series: SampleTimes, places: Int32Array) => void;

export interface SampleTimes {
  readonly labels: Labels;
  readonly times: Float64Array;
  readonly starts: Float64Array | undefined;
}

/** A vector node; where it is the same at every step, it is evaluated once. */
export function vectorNode(node: Omit<VectorNode, "kind">): VectorNode {
  if (!node.invariant) return { kind: "vector", ...node };
  const run = (env: Env, emit: Emit) => {
    if (isInstant(env)) return node.run(env, emit);
    if (env.count > 0) node.run(atFirstStep(env), (column: Column) => emit(broadcast(column, env.count)));
  };
  return { kind: "vector", ...node, run };
}

/** A scalar node; where it is the same at every step, it is evaluated once. */
export function scalarNode(node: Omit<ScalarNode, "kind" | "literal">): ScalarNode {
  if (!node.invariant) return { kind: "scalar", literal: false, ...node };
  const run = (env: Env) => {
    if (isInstant(env)) return node.run(env);
    return new Float64Array(env.count).fill(env.count > 0 ? (node.run(atFirstStep(env))[0] as number) : 0);
  };
  return { kind: "scalar", literal: false, ...node, run };
}

/** The node with remarks made on its behalf: it comes behind all nodes of lower rank. */
export function ranked(node: Node, rank: number): Node {
  if (node.kind === "vector") return { ...node, run: (env: Env, emit: Emit) => node.run(onBehalf(env, rank), emit) };
  if (node.kind === "scalar" && !node.literal) return { ...node, run: (env: Env) => node.run(onBehalf(env, rank)) };
  return node;
}

/** All columns of a vector. */
export function columnsOf(node: VectorNode, env: Env): Column[] {
  const columns: Column[] = [];
  node.run(env, (column) => columns.push(column));
  return columns;
}
