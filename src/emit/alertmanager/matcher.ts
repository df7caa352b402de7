/** Matchers as Alertmanager reads them, in the syntax that its old and new parsers share. */
import type { Matcher } from "../../label/matcher.ts";

/** `team="storefront"`; a name that is no plain identifier is quoted, which Alertmanager 0.27 and newer read. */
export function printMatcher({ name, op, value }: Matcher): string {
  return `${/^[A-Za-z_]\w*$/.test(name) ? name : quote(name)}${op}${quote(value)}`;
}

/** Inside quotes both parsers know these escapes and no others. */
function quote(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
