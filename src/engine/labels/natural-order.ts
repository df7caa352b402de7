/** Natural order, in which `node10` comes after `node9`: runs of digits compare as numbers. */
import { compareText } from "./labels.ts";

/** Whether `a` comes before `b`. Like the library that Prometheus uses, it has nothing come before or after an empty text. */
export function naturallyBefore(a: string, b: string): boolean {
  const chunksA = chunks(a);
  const chunksB = chunks(b);
  for (let i = 0; i < chunksA.length; i++) {
    const mine = chunksA[i] as string;
    const other = chunksB[i];
    if (other === undefined) return false;
    const numbers = isWhole(mine) && isWhole(other);
    if (numbers ? BigInt(mine) === BigInt(other) : mine === other) {
      if (i === chunksA.length - 1) return true;
      if (i === chunksB.length - 1) return false;
      continue;
    }
    return numbers ? BigInt(mine) < BigInt(other) : compareText(mine, other) < 0;
  }
  return false;
}

function chunks(text: string): string[] {
  return text.match(/[0-9]+|[^0-9]+/g) ?? [];
}

/** Whether the digits are a number of 64 bits; longer ones compare as texts. */
function isWhole(digits: string): boolean {
  return /^[0-9]+$/.test(digits) && (digits.length < 19 || BigInt(digits) < 2n ** 63n);
}
