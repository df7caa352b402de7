/** Hosts with ports, as the label `instance` has them. */

/** `mug.shop.example:9090` without its port; what is no host with a port stays as it is. */
export function stripPort(hostPort: string): string {
  return split(hostPort)?.host ?? hostPort;
}

/** `mug.shop.example:9090` as `mug:9090`. Addresses stay as they are. */
export function stripDomain(hostPort: string): string {
  const { host, port } = split(hostPort) ?? { host: hostPort, port: "" };
  if (isAddress(host)) return hostPort;
  const first = host.split(".")[0] ?? "";
  if (port === "") return first;
  return first.includes(":") ? `[${first}]:${port}` : `${first}:${port}`;
}

/** Host and port; an IPv6 address stands in brackets. */
function split(hostPort: string): { readonly host: string; readonly port: string } | undefined {
  const found = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:[\]]*)$/.exec(hostPort);
  return found === null ? undefined : { host: found[1] ?? found[2] ?? "", port: found[3] ?? "" };
}

function isAddress(host: string): boolean {
  return isIPv4(host) || isIPv6(host);
}

function isIPv4(text: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(text);
}

function isIPv6(text: string): boolean {
  const end = text.slice(text.lastIndexOf(":") + 1);
  // An IPv4 address at the end takes the place of two groups.
  const plain = end.includes(".") ? (isIPv4(end) ? `${text.slice(0, text.length - end.length)}0:0` : "") : text;
  const halves = plain.split("::");
  if (halves.length > 2 || plain === "") return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const fits = halves.length === 2 ? groups.length < 8 : groups.length === 8;
  return fits && groups.every((group) => /^[\da-f]{1,4}$/i.test(group));
}
