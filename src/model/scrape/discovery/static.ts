/** Targets that are written down. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#static_config */
import type { LabelSet } from "../../../label/label-set.ts";
import { anyText, labels, list } from "../field.ts";
import { objectOf } from "../object-schema.ts";

/** Targets that are written down. */
export interface StaticSpec {
  /** Addresses, `host:port`. */
  readonly targets: readonly string[];
  /** Labels of all of these targets. */
  readonly labels?: LabelSet;
}

export const staticSchema = objectOf<StaticSpec>({ targets: list(anyText), labels: labels.optional() });

const ADDRESS = /^(?:\[[0-9A-Fa-f:.]+(?:%[\w.-]+)?\]|[^\s:/@?#[\]]+)(?::(\d{1,5}))?$/;

/** What is wrong with a target's address, which is a host and perhaps a port. */
export function addressProblem(address: string): string | undefined {
  const quoted = JSON.stringify(address);
  if (address === "") return "a target is host:port, and this one is empty";
  if (address.includes("://")) {
    const [scheme] = address.split("://");
    return `${quoted} is a URL: a target is host:port. The scheme belongs to scheme (${JSON.stringify(scheme)}), the path to path`;
  }
  if (address.includes("/")) return `${quoted} holds a path: a target is host:port. The path belongs to path`;
  const found = ADDRESS.exec(address);
  if (found === null) {
    const colons = address.split(":").length - 1;
    return colons > 1 && /^[0-9A-Fa-f:.]+$/.test(address)
      ? `${quoted} is an IPv6 address, which stands in brackets: "[::1]:9090"`
      : `${quoted} is no address: a target is host:port`;
  }
  const number = found[1] === undefined ? 1 : Number(found[1]);
  return number > 0 && number < 65536 ? undefined : `${quoted} has a port outside of 1 to 65535`;
}
