/** Targets read from files. https://prometheus.io/docs/prometheus/latest/configuration/configuration/#file_sd_config */
import type { DurationText } from "../../../quantity/duration.ts";
import { duration, filePath, list } from "../field.ts";
import { objectOf } from "../object-schema.ts";

/** Targets read from files on the Prometheus server, which watches them. */
export interface FileSpec {
  /** Paths that end in `.json`, `.yml` or `.yaml`; the last part may hold one `*`. */
  readonly files: readonly string[];
  /** How often the files are read even without a change. Default: `"5m"`. */
  readonly refreshInterval?: DurationText;
}

const pattern = filePath.refine((path) => /^[^*]*(\*[^/]*)?\.(json|yml|yaml|JSON|YML|YAML)$/.test(path), {
  error: ({ input }) =>
    `${JSON.stringify(input)} is no file of targets: it must end in .json, .yml or .yaml, with at most one * in its last part`,
});

export const fileSchema = objectOf<FileSpec>({ files: list(pattern), refreshInterval: duration.optional() });
