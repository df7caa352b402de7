/** Compares what was expected with what came, in the order in which both are listed. */
import { compareText } from "../../engine/labels/labels.ts";
import type { LabelsAndAnnotations, SampleText } from "./result.ts";

type Texts = Readonly<Record<string, string>>;

/** The order of label sets: label by label, by name and then by value. */
export function compareTexts(a: Texts, b: Texts): number {
  const namesA = Object.keys(a).sort(compareText);
  const namesB = Object.keys(b).sort(compareText);
  for (let i = 0; i < Math.min(namesA.length, namesB.length); i++) {
    const [nameA, nameB] = [namesA[i] as string, namesB[i] as string];
    const order = compareText(nameA, nameB) || compareText(a[nameA] as string, b[nameB] as string);
    if (order !== 0) return order;
  }
  return namesA.length - namesB.length;
}

export function sortAlerts(alerts: readonly LabelsAndAnnotations[]): readonly LabelsAndAnnotations[] {
  return [...alerts].sort((a, b) => compareTexts(a.labels, b.labels) || compareTexts(a.annotations, b.annotations));
}

export function sortSamples(samples: readonly SampleText[]): readonly SampleText[] {
  return [...samples].sort((a, b) => compareTexts(a.labels, b.labels));
}

/** Whether two sorted lists of alerts are the same. */
export function sameAlerts(a: readonly LabelsAndAnnotations[], b: readonly LabelsAndAnnotations[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, i) => {
      const other = b[i] as LabelsAndAnnotations;
      return compareTexts(one.labels, other.labels) === 0 && compareTexts(one.annotations, other.annotations) === 0;
    })
  );
}

/** Whether two sorted lists of samples are the same; `fuzzy` lets values differ by the last bit. */
export function sameSamples(a: readonly SampleText[], b: readonly SampleText[], fuzzy: boolean): boolean {
  return (
    a.length === b.length &&
    a.every((one, i) => {
      const other = b[i] as SampleText;
      if (compareTexts(one.labels, other.labels) !== 0 || one.histogram !== other.histogram) return false;
      return one.value === other.value || (fuzzy && areNeighbours(one.value, other.value));
    })
  );
}

const float = new Float64Array(1);
const bits = new BigInt64Array(float.buffer);

/** Whether no other float lies between two. */
function areNeighbours(a: number, b: number): boolean {
  if (Number.isNaN(a) || Number.isNaN(b)) return false;
  const difference = ordinal(a) - ordinal(b);
  return difference >= -1n && difference <= 1n;
}

/** Floats in their order as whole numbers, without gaps; both zeros are one. */
function ordinal(value: number): bigint {
  float[0] = value;
  const pattern = bits[0] as bigint;
  return pattern < 0n ? -(pattern & 0x7fffffffffffffffn) : pattern;
}
