import { describe, expect, it } from "vitest";
import { scrapeConfig } from "../../../src/emit/prometheus/scrape-config.ts";
import { type ScrapeSpec, scrapeSchema } from "../../../src/model/scrape/scrape.ts";
import { parseDuration } from "../../../src/quantity/duration.ts";
import { hasCorpora, type Job, jobsUnder, type Plain, specOf } from "./corpus.ts";
import { complaint, promtool } from "./promtool.ts";

const mistakes = ({ config }: Job) => scrapeSchema.safeParse(specOf(config)).error?.issues ?? [];
const discoversSomething = ({ config }: Job) =>
  Object.entries(config).some(([key, value]) => /^static_configs$|_sd_configs$/.test(key) && Array.isArray(value));

describe.skipIf(!hasCorpora)("scrape jobs of real configurations (skipped without the corpora)", () => {
  const good = hasCorpora ? jobsUnder("good").filter(discoversSomething) : [];

  it("are many, of many kinds", () => {
    const keys = new Set(good.flatMap(({ config }) => Object.keys(config)));
    expect(good.length).toBeGreaterThan(250);
    expect([...keys].filter((key) => key.endsWith("_sd_configs")).length).toBeGreaterThan(30);
  });

  it("can all be said, save for literal secrets", () => {
    const other = good.flatMap((job) =>
      mistakes(job)
        .filter(({ message }) => !message.startsWith("secrets are references only"))
        .map(({ path, message }) => `${job.file} ${job.config.job_name} ${path.join(".")}: ${message}`),
    );
    expect(other).toEqual([]);
  });

  it("come out as they went in", () => {
    const changed = good
      .filter((job) => mistakes(job).length === 0)
      .filter(({ config }) => {
        const emitted = scrapeConfig(String(config.job_name), specOf(config) as ScrapeSpec);
        return JSON.stringify(canonical(emitted)) !== JSON.stringify(canonical(config));
      });
    for (const { file, config } of changed.slice(0, 3)) {
      expect(canonical(scrapeConfig(String(config.job_name), specOf(config) as ScrapeSpec)), file).toEqual(
        canonical(config),
      );
    }
    expect(changed).toEqual([]);
  });
});

describe.skipIf(!hasCorpora || promtool === undefined)(
  "beside promtool (skipped without the corpora or promtool 3)",
  () => {
    it("accepts what is printed from real configurations", () => {
      const jobs = jobsUnder("good").filter((job) => mistakes(job).length === 0);
      const printed = jobs.map(({ config }, i) => scrapeConfig(`job ${i}`, specOf(config) as ScrapeSpec));
      expect(printed.length).toBeGreaterThan(100);
      expect(complaint(printed)).toBeUndefined();
    });

    it("refuses no job that passes here", () => {
      const passed = jobsUnder("bad").filter((job) => mistakes(job).length === 0);
      const refused = passed.filter(({ config }) => complaint([config]) !== undefined);
      expect(refused.map(({ file }) => file)).toEqual([]);
    });
  },
);

const TEXTS = new Set(["regex", "replacement", "separator"]);

/** A job without what says nothing, in one order, each duration and size in one spelling. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) {
    const text = String(value);
    const [, amount, unit = ""] = /^(\d+)([KMGT])?i?B$/.exec(text) ?? [];
    if (amount !== undefined) return Number(amount) * 1024 ** " KMGT".indexOf(unit || " ");
    return parseDuration(text) ?? text;
  }
  const { bearer_token_file: file, ...rest } = value as Plain;
  const full = file === undefined ? rest : { ...rest, authorization: { credentials_file: file } };
  return Object.fromEntries(
    Object.entries(full)
      .map(([key, item]) => [key, key === "action" ? String(item).toLowerCase() : canonical(item)] as const)
      .filter(([key, item]) => TEXTS.has(key) || !saysNothing(item))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function saysNothing(value: unknown): boolean {
  return value === "" || value === "null" || (typeof value === "object" && Object.keys(value as object).length === 0);
}
