/** URLs as Go escapes and takes them apart. */
import { GoError } from "./function.ts";
import { quote } from "./quote.ts";

/** For a place in a query: everything but letters, digits and `-_.~` is escaped, a space becomes `+`. */
export function queryEscape(text: string): string {
  // A lone surrogate is no character; what Go would see in its place is the replacement character.
  return encodeURIComponent(text.replace(/\p{Cs}/gu, "\ufffd"))
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

/** The reverse of {@link queryEscape}. */
export function queryUnescape(text: string): string {
  const bad = /%(?![\da-f]{2}).{0,2}/isu.exec(text);
  if (bad !== null) throw new GoError(`invalid URL escape ${quote(bad[0])}`);
  const bytes = Buffer.from(text.replaceAll("+", " "), "utf8").toString("latin1");
  const plain = bytes.replace(/%([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(plain, "latin1").toString();
}

/** The path of a URL, its escapes undone. */
export function pathOf(url: string): string {
  const path = /^(?:[a-z][a-z\d+.-]*:)?(?:\/\/[^/?#]*)?([^?#]*)/i.exec(url)?.[1] ?? "";
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
