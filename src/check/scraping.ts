/** Scraping: what a job and its environment say only together. */
import type { Environment } from "../model/environment.ts";
import { called } from "../model/validate.ts";
import type { Workspace } from "../model/workspace.ts";
import { DEFAULT_INTERVAL } from "../plan/conventions.ts";
import type { Plan, ScrapeJob } from "../plan/plan.ts";
import { parseDuration } from "../quantity/duration.ts";
import type { SourcedDiagnostic } from "../source/place.ts";

/** Looks at the jobs of every environment; what several share is said once. */
export function checkScraping({ definitions }: Workspace, plans: readonly Plan[]): readonly SourcedDiagnostic[] {
  const found = [
    ...definitions.Environment.flatMap(globalTimeout),
    ...plans.flatMap((plan) =>
      plan.prometheus.scrapeJobs.flatMap((job) => [...timeout(job, plan), ...nothingKept(job)]),
    ),
  ];
  return [...new Map(found.map((one) => [one.message, one])).values()];
}

function globalTimeout({ name, origin, spec: { prometheus = {} } }: Environment): readonly SourcedDiagnostic[] {
  const { scrapeInterval = DEFAULT_INTERVAL, scrapeTimeout } = prometheus;
  if (!isLonger(scrapeTimeout, scrapeInterval)) return [];
  return [
    {
      code: "scrape/timeout",
      severity: "error",
      message: `environment ${JSON.stringify(name)}: the timeout ${scrapeTimeout} is longer than the interval ${scrapeInterval}, which Prometheus refuses`,
      help: "a scrape must end before the next begins: shorten the timeout, or scrape less often",
      at: { origin, path: [1, "prometheus", "scrapeTimeout"] },
    },
  ];
}

/** The schema has compared the timeout with an interval of the job's own; here it is the environment's. */
function timeout({ service, spec }: ScrapeJob, { environment, prometheus }: Plan): readonly SourcedDiagnostic[] {
  const interval = prometheus.global.scrapeInterval ?? DEFAULT_INTERVAL;
  if (spec.interval !== undefined || !isLonger(spec.timeout, interval)) return [];
  const where = environment === undefined ? "" : ` of environment ${JSON.stringify(environment)}`;
  return [
    {
      code: "scrape/timeout",
      severity: "error",
      message: `${called(service)}: the timeout ${spec.timeout} is longer than the interval ${interval}${where}, which Prometheus refuses`,
      help: "give the service an interval of its own, or a shorter timeout",
      at: { origin: service.origin, path: [1, "scrape", "timeout"] },
    },
  ];
}

function nothingKept({ service, spec, declared }: ScrapeJob): readonly SourcedDiagnostic[] {
  if (spec.keepOnlyDeclared !== true || declared.length > 0) return [];
  return [
    {
      code: "scrape/nothing-kept",
      severity: "error",
      message: `${called(service)} keeps only the metrics that it declares, and declares none: everything scraped would be dropped`,
      help: "declare its metrics, or remove keepOnlyDeclared",
      at: { origin: service.origin, path: [1, "scrape", "keepOnlyDeclared"] },
    },
  ];
}

function isLonger(one: string | undefined, other: string): boolean {
  return one !== undefined && (parseDuration(one) ?? 0) > (parseDuration(other) ?? 0);
}
