/** `label_replace` and `label_join`, which look at series rather than samples. */
import type { RE2JS } from "re2js";
import { METRIC_NAME } from "../../label/label-set.ts";
import { re2 } from "../../label/re2.ts";
import { type Emit, FLOAT } from "../evaluate/column.ts";
import { EvaluationError } from "../evaluate/error.ts";
import { ColumnMerger } from "../evaluate/merge.ts";
import { vectorNode } from "../evaluate/node.ts";
import { isLabelName, type Labels } from "../labels/labels.ts";
import { type CompiledCall, type Implementation, stringArg, vectorArg } from "./call.ts";

/** Writes a label from a match against another one's value. */
export const labelReplace: Implementation = (call) => {
  const [target, template, source, regex] = [1, 2, 3, 4].map((place) => stringArg(call, place)) as [
    string,
    string,
    string,
    string,
  ];
  return relabeling(call, target, () => {
    const pattern = compile(regex);
    checkLabelName(target, "destination", "label_replace");
    return (labels) => {
      const matcher = pattern.matcher(labels.get(source));
      return matcher.find() ? expand(template, pattern, matcher) : undefined;
    };
  });
};

/** Writes a label by joining the values of others. */
export const labelJoin: Implementation = (call) => {
  const [target, separator] = [stringArg(call, 1), stringArg(call, 2)];
  const sources = call.args.slice(3).map((_, i) => stringArg(call, i + 3));
  return relabeling(call, target, () => {
    for (const source of sources) checkLabelName(source, "source", "label_join");
    checkLabelName(target, "destination", "label_join");
    return (labels) => sources.map((source) => labels.get(source)).join(separator);
  });
};

function relabeling(call: CompiledCall, target: string, prepare: () => (labels: Labels) => string | undefined) {
  const arg = vectorArg(call, 0);
  const table = call.storage.labels;
  const known = new Map<Labels, Labels | undefined>();
  let compute: ((labels: Labels) => string | undefined) | undefined;
  return vectorNode({
    invariant: call.invariant,
    span: call.expr.span,
    run: (env, emit: Emit) => {
      compute ??= prepare();
      const merger = new ColumnMerger(emit, FLOAT);
      arg.run(env, (column) => {
        let labels = known.get(column.labels);
        if (labels === undefined && !known.has(column.labels)) {
          const value = compute?.(column.labels);
          labels = value === undefined ? undefined : table.with(column.labels, [[target, value]]);
          known.set(column.labels, labels);
        }
        if (labels !== undefined) {
          column.labels = labels;
          if (target === METRIC_NAME) column.dropName = false;
        }
        merger.add(column);
      });
      merger.flush();
    },
    distinctWithoutName: () => target !== METRIC_NAME && arg.distinctWithoutName(),
  });
}

function compile(regex: string): RE2JS {
  try {
    return re2().compile(`^(?s:${regex})$`);
  } catch {
    throw new EvaluationError(`invalid regular expression in label_replace(): ${regex}`);
  }
}

function checkLabelName(name: string, role: "source" | "destination", func: string): void {
  if (!isLabelName(name)) throw new EvaluationError(`invalid ${role} label name in ${func}(): ${name}`);
}

/** Puts captured groups in place of `$1`, `${1}` and `${name}`, and `$` in place of `$$`. */
function expand(template: string, pattern: RE2JS, matcher: ReturnType<RE2JS["matcher"]>): string {
  const groups: Readonly<Record<string, number>> = pattern.namedGroups();
  return template.replace(/\$(?:(\$)|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu, (_, dollar, bare, braced) => {
    if (dollar !== undefined) return "$";
    const name: string = bare ?? braced;
    const index = /^(?:0|[1-9][0-9]*)$/.test(name) ? Number(name) : groups[name];
    return index === undefined || index > pattern.groupCount() ? "" : (matcher.group(index) ?? "");
  });
}
