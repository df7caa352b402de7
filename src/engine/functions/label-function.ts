/** `label_replace` and `label_join`, which look at series rather than samples. */
import type { RE2JS } from "re2js";
import { METRIC_NAME } from "../../label/label-set.ts";
import { plainRegex } from "../../label/plain-regex.ts";
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
    const groupsOf = compile(regex);
    checkLabelName(target, "destination", "label_replace");
    return (labels) => {
      const groups = groupsOf(labels.get(source));
      return groups === undefined ? undefined : expand(template, groups);
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

/** What a group captured: nothing where it did not take part or does not exist. */
type Groups = (name: string) => string | null | undefined;

/** Gives a function from a text to its groups, which are `undefined` where it does not match. */
function compile(regex: string): (text: string) => Groups | undefined {
  const plain = plainRegex(regex);
  if (plain !== undefined)
    return (text) => {
      const found = plain.exec(text);
      return found === null ? undefined : (name) => (isIndex(name) ? found[Number(name)] : undefined);
    };
  const pattern = compileRe2(regex);
  const names: Readonly<Record<string, number>> = pattern.namedGroups();
  return (text) => {
    const matcher = pattern.matcher(text);
    if (!matcher.find()) return undefined;
    return (name) => {
      const index = isIndex(name) ? Number(name) : names[name];
      return index === undefined || index > pattern.groupCount() ? undefined : matcher.group(index);
    };
  };
}

function compileRe2(regex: string): RE2JS {
  try {
    return re2().compile(`^(?s:${regex})$`);
  } catch {
    throw new EvaluationError(`invalid regular expression in label_replace(): ${regex}`);
  }
}

function isIndex(name: string): boolean {
  return /^(?:0|[1-9][0-9]*)$/.test(name);
}

function checkLabelName(name: string, role: "source" | "destination", func: string): void {
  if (!isLabelName(name)) throw new EvaluationError(`invalid ${role} label name in ${func}(): ${name}`);
}

/** Puts captured groups in place of `$1`, `${1}` and `${name}`, and `$` in place of `$$`. */
function expand(template: string, groups: Groups): string {
  return template.replace(/\$(?:(\$)|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu, (_, dollar, bare, braced) =>
    dollar !== undefined ? "$" : (groups(bare ?? braced) ?? ""),
  );
}
