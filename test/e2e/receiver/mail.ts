/** Reads a letter as a mail program does: https://www.rfc-editor.org/rfc/rfc5322, rfc2045 to rfc2047. */

export interface Mail {
  readonly subject: string;
  /** Empty where a letter has no such part. */
  readonly text: string;
  readonly html: string;
}

/** Reads a letter, one character for each byte. */
export function readMail(content: string): Mail {
  const { headers, body } = split(content);
  const boundary = /boundary="?([^";]+)"?/.exec(headers.get("content-type") ?? "")?.[1];
  const parts = boundary === undefined ? [content] : partsOf(body, boundary);
  const part = (type: string) => {
    const found = parts.map(split).find(({ headers }) => headers.get("content-type")?.startsWith(type));
    return found === undefined ? "" : decodeBody(found.body, found.headers.get("content-transfer-encoding"));
  };
  return { subject: decodeWords(headers.get("subject") ?? ""), text: part("text/plain"), html: part("text/html") };
}

function split(content: string): { readonly headers: ReadonlyMap<string, string>; readonly body: string } {
  const end = content.indexOf("\r\n\r\n");
  const head = end < 0 ? content : content.slice(0, end);
  const lines = head.replace(/\r\n[ \t]+/g, " ").split("\r\n");
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { headers: new Map(headers), body: end < 0 ? "" : content.slice(end + 4) };
}

function partsOf(body: string, boundary: string): readonly string[] {
  // The line end before a boundary belongs to it.
  return `\r\n${body}`
    .split(`\r\n--${boundary}`)
    .slice(1, -1)
    .map((part) => part.slice(2));
}

function decodeBody(body: string, encoding = "7bit"): string {
  const decoded = encoding.toLowerCase() === "quoted-printable" ? unquote(body.replace(/=\r\n/g, "")) : body;
  return utf8(decoded).replaceAll("\r\n", "\n");
}

/** `=?utf-8?q?_=C3=BC?=`; white space between two such words does not count. */
function decodeWords(header: string): string {
  return header
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?utf-8\?([qb])\?(.*?)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === "b"
        ? Buffer.from(word, "base64").toString("utf8")
        : utf8(unquote(word.replaceAll("_", " "))),
    );
}

function unquote(text: string): string {
  return text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function utf8(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}
