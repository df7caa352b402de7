/** An alert's fingerprint: FNV-1a over its sorted labels, as Prometheus's libraries compute it. */
import type { LabelSet } from "../../label/label-set.ts";
import { compareText } from "../matcher/print.ts";

const encoder = new TextEncoder();

/** The fingerprint as sixteen hexadecimal digits. */
export function fingerprint(labels: LabelSet): string {
  // The offset basis 0xcbf29ce484222325 in two halves: numbers hold no 64 bits.
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  const add = (byte: number) => {
    low = (low ^ byte) >>> 0;
    // Times the prime 0x100000001b3, which is 2^40 + 0x1b3.
    const product = low * 0x1b3;
    const carry = Math.floor(product / 2 ** 32);
    high = (Math.imul(high, 0x1b3) + carry + (low << 8)) >>> 0;
    low = product >>> 0;
  };
  for (const name of Object.keys(labels).sort(compareText)) {
    for (const byte of encoder.encode(name)) add(byte);
    add(0xff);
    for (const byte of encoder.encode(labels[name])) add(byte);
    add(0xff);
  }
  return high.toString(16).padStart(8, "0") + low.toString(16).padStart(8, "0");
}
