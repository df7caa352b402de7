/**
 * The fingerprint of a label set, by which Alertmanager tells alerts apart.
 * https://pkg.go.dev/github.com/prometheus/common/model#LabelSet.Fingerprint
 */
import { compareText } from "../go/value.ts";

const OFFSET = 14_695_981_039_346_656_037n;
const PRIME = 1_099_511_628_211n;

/** 64 bits of FNV-1a over names and values in order, as 16 hexadecimal digits. */
export function fingerprint(labels: Readonly<Record<string, string>>): string {
  let hash = OFFSET;
  const add = (byte: number) => {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME);
  };
  for (const name of Object.keys(labels).sort(compareText)) {
    for (const part of [name, labels[name] ?? ""]) {
      for (const byte of Buffer.from(part)) add(byte);
      add(255);
    }
  }
  return hash.toString(16).padStart(16, "0");
}
