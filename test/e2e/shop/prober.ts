/** A blackbox exporter as small as can be: it knows the module `http_2xx`. https://github.com/prometheus/blackbox_exporter */
import { Gauge, Registry } from "prom-client";

/** Fetches a target as a customer would, and tells how that went. */
export async function probe(target: string): Promise<string> {
  const registry = new Registry();
  const gauge = (name: string, value: number) => new Gauge({ name, help: name, registers: [registry] }).set(value);
  const began = performance.now();
  const status = await statusOf(target);
  gauge("probe_success", status >= 200 && status < 300 ? 1 : 0);
  gauge("probe_http_status_code", status);
  gauge("probe_duration_seconds", (performance.now() - began) / 1000);
  return registry.metrics();
}

/** The status of the answer, 0 where there is none. */
async function statusOf(target: string): Promise<number> {
  try {
    const response = await fetch(target, { signal: AbortSignal.timeout(500) });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}
