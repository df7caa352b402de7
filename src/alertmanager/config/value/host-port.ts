/** `host:port` as Go's net.SplitHostPort takes it apart. https://pkg.go.dev/net#SplitHostPort */

/** Says why a text is no `host:port`, or nothing where it is one. */
export function hostPortMistake(text: string): string | undefined {
  const colon = text.lastIndexOf(":");
  if (colon < 0) return "it lacks a port";
  let from = 0;
  let to = 0;
  if (text.startsWith("[")) {
    const close = text.indexOf("]");
    if (close < 0) return 'it lacks a "]"';
    if (close + 1 !== colon) return text[close + 1] === ":" ? "it has too many colons" : "it lacks a port";
    from = 1;
    to = close + 1;
  } else if (text.slice(0, colon).includes(":")) return "it has too many colons; an IPv6 address goes between brackets";
  if (text.includes("[", from)) return 'it has a "[" too many';
  if (text.includes("]", to)) return 'it has a "]" too many';
  return colon === text.length - 1 ? "its port is empty" : undefined;
}
