/** URLs as Go's net/url accepts them, which is neither what WHATWG nor what most people mean. https://pkg.go.dev/net/url */

/** The parts of a URL that Alertmanager looks at. */
export interface GoUrl {
  /** In lower case; `""` for a relative URL. */
  readonly scheme: string;
  /** With the port, without user and password. */
  readonly host: string;
  readonly text: string;
}

/** Reads a URL, or says in Go's words why it is none. */
export function parseGoUrl(text: string): GoUrl | { readonly mistake: string } {
  const hash = text.indexOf("#");
  const bare = hash === -1 ? text : text.slice(0, hash);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (/[\x00-\x1f\x7f]/.test(bare)) return { mistake: "invalid control character in URL" };
  if (hash !== -1 && badEscape(text.slice(hash + 1)))
    return { mistake: `invalid URL escape ${badEscape(text.slice(hash + 1))}` };
  if (bare === "*") return { scheme: "", host: "", text };
  if (bare.startsWith(":")) return { mistake: "missing protocol scheme" };

  const found = /^([a-zA-Z][a-zA-Z0-9+.-]*):([\s\S]*)$/.exec(bare);
  const scheme = (found?.[1] ?? "").toLowerCase();
  const rest = (found?.[2] ?? bare).split("?", 1)[0] as string;
  if (!rest.startsWith("/")) {
    if (scheme !== "") return { scheme, host: "", text };
    if ((rest.split("/", 1)[0] as string).includes(":"))
      return { mistake: "first path segment in URL cannot contain colon" };
  }
  let path = rest;
  let host = "";
  if (rest.startsWith("//") && (scheme !== "" || !rest.startsWith("///"))) {
    const slash = rest.indexOf("/", 2);
    const authority = slash === -1 ? rest.slice(2) : rest.slice(2, slash);
    path = slash === -1 ? "" : rest.slice(slash);
    const at = authority.lastIndexOf("@");
    host = authority.slice(at + 1);
    const mistake = hostMistake(host, scheme) ?? (at === -1 ? undefined : userMistake(authority.slice(0, at)));
    if (mistake !== undefined) return { mistake };
  }
  const bad = badEscape(path);
  return bad === undefined ? { scheme, host, text } : { mistake: `invalid URL escape ${bad}` };
}

function badEscape(text: string): string | undefined {
  const found = /%(?![0-9a-fA-F]{2})/.exec(text);
  return found === null ? undefined : JSON.stringify(text.slice(found.index, found.index + 3));
}

function userMistake(user: string): string | undefined {
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(user)) return "invalid userinfo";
  const bad = badEscape(user);
  return bad === undefined ? undefined : `invalid URL escape ${bad}`;
}

function hostMistake(host: string, scheme: string): string | undefined {
  const bracket = host.lastIndexOf("[");
  if (bracket > 0) return "invalid IP-literal";
  if (bracket === 0) return literalMistake(host);
  const strict = scheme === "http" || scheme === "https";
  const colon = strict ? host.indexOf(":") : host.lastIndexOf(":");
  if (colon !== -1 && !/^:\d*$/.test(host.slice(colon)))
    return `invalid port ${JSON.stringify(host.slice(colon))} after host`;
  return nameMistake(host);
}

/** In a host only what is no ASCII may be escaped. */
function nameMistake(name: string): string | undefined {
  const bad = badEscape(name) ?? /%(?!25)[0-7][0-9a-fA-F]/.exec(name)?.[0];
  if (bad !== undefined) return `invalid URL escape ${bad}`;
  const char = /[^A-Za-z0-9\-._~!$&'()*+,;=:[\]<>"%\u0080-\uffff]/.exec(name)?.[0];
  return char === undefined ? undefined : `invalid character ${JSON.stringify(char)} in host name`;
}

function literalMistake(host: string): string | undefined {
  const close = host.lastIndexOf("]");
  if (close === -1) return "missing ']' in host";
  const port = host.slice(close + 1);
  if (!/^(?::\d*)?$/.test(port)) return `invalid port ${JSON.stringify(port)} after host`;
  const [address = "", zone] = host.slice(1, close).split("%25", 2);
  const bad = nameMistake(address);
  if (bad !== undefined) return bad;
  if (!isIpv6(address) || zone === "") return `invalid host: ${JSON.stringify(address)} is no IPv6 address`;
  return undefined;
}

function isIpv6(text: string): boolean {
  const parts = text.split("::");
  if (parts.length > 2) return false;
  const groups = parts.flatMap((part) => (part === "" ? [] : part.split(":")));
  const last = groups.at(-1) ?? "";
  const four = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(last);
  const count = groups.length + (four ? 1 : 0);
  const hex = four ? groups.slice(0, -1) : groups;
  return hex.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) && (parts.length === 2 ? count < 8 : count === 8);
}
