/** Where everything of the run listens; the environments `local` and `debian` of the shop say the same. */
export const HOST = "127.0.0.1";

export const PORTS = {
  prometheus: 19090,
  alertmanager: 19093,
  "shop's control": 19100,
  catalog: 19101,
  checkout: 19102,
  machines: 19103,
  deliveries: 19104,
  prober: 19115,
  "mail server": 19125,
  "receiver of notifications": 19180,
} as const;

export function address(name: keyof typeof PORTS, path = ""): string {
  return `http://${HOST}:${PORTS[name]}${path}`;
}
