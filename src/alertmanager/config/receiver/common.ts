/** What the configurations of all receivers share. */
import { bool, optional, otherwise } from "../../../yaml/shape.ts";
import { httpConfig } from "../http-config.ts";

/** Fields of every receiver that is reached over HTTP. `sendResolved` is its default. */
export function httpReceiver(sendResolved: boolean) {
  return { send_resolved: otherwise(bool, sendResolved), http_config: optional(httpConfig) };
}

/** The default of a field that renders the default template of its receiver. */
export function template(name: string): string {
  return `{{ template "${name}" . }}`;
}
