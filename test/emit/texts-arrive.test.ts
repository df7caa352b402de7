import * as fc from "fast-check";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { buildTexts, SHOP } from "../helpers/workspace.ts";

/** What YAML, Go templates, regular expressions, Markdown and shells would take for theirs. */
const SPECIAL = [
  ..."\"'`#%$:-?!&*|>[]{},@=\\<()+~_ \t\n\r\0",
  ..."\u0085\u2028\u2029\ufeff\u001b\u007f\uffff\ue000\u{1f4e6}\u{10ffff}",
  ...[
    "{{",
    "}}",
    "{{ .x }}",
    "{{- ",
    "{{/*",
    "$1",
    "${",
    "yes",
    "null",
    "1e3",
    "012",
    "- ",
    ": ",
    " #",
    "!!str",
    "---\n",
    "[[",
  ],
  ...["a", "é", "2020-01-01", "true"],
];
const text = fc.array(fc.constantFrom(...SPECIAL), { minLength: 1, maxLength: 6 }).map((parts) => parts.join(""));
const json = (value: string) => JSON.stringify(value);

/** What Prometheus makes of a text in which nothing but `{{` is written as an action. */
const expanded = (template: string) => template.replaceAll('{{ "{{" }}', "{{");

it("carries any text to where the servers read it", async () => {
  const cases = fc.sample(
    fc.record({ summary: text, label: text, match: text, group: text, outside: text, param: text }),
    {
      numRuns: 150,
      seed: 7,
    },
  );
  const added = cases.map(
    ({ summary, label, match, group, param }, i) => `
export const s${i} = service("s${i}", {
  owner: storefront,
  metrics: { m: gauge("m${i}", { help: ${json(summary)}, labels: { sku: upTo(5) } }) },
  rules: { labels: { g: ${json(group)} } },
  scrape: { targets: ["a:1"], params: { p: [${json(param)}] } },
});
export const r${i} = record("a:b${i}", { service: s${i}, expr: s${i}.metrics.m.where({ sku: ${json(match)} }), labels: { l: ${json(label)} } });
export const a${i} = alert("A${i}", {
  service: s${i},
  when: s${i}.metrics.m.below(1),
  severity: "page",
  summary: () => ${json(summary)},
  labels: { l: ${json(label)} },
  runbook: { meaning: ${json(summary)} },
});`,
  );
  const outside = cases.map((one, i) => `e${i}: ${json(one.outside)}`).join(", ");
  const { diagnostics, file } = await buildTexts(
    `${SHOP}${added.join("")}\nexport const e = environment("e", { prometheus: { externalLabels: { ${outside} } } });`,
  );
  expect(diagnostics).toEqual([]);
  const { global, scrape_configs: jobs } = parse(file("prometheus/prometheus.yml"));
  const got = cases.map((_, i) => {
    const [group] = parse(file(`prometheus/rules/s${i}.yml`)).groups;
    const [recording, alert] = group.rules;
    return {
      summary: expanded(alert.annotations.summary),
      label: expanded(alert.labels.l),
      group: group.labels.g,
      ofGroup: expanded(alert.labels.g ?? group.labels.g),
      recorded: recording.labels.l,
      param: jobs.find(({ job_name: name }: { job_name: string }) => name === `s${i}`).params.p[0],
      // Prometheus fills in variables, for which two dollars are one.
      outside: global.external_labels[`e${i}`].replaceAll("$$", "$"),
    };
  });
  expect(got).toEqual(
    cases.map(({ summary, label, group, param, outside }) => ({
      summary,
      label,
      group,
      ofGroup: group,
      recorded: label,
      param,
      outside,
    })),
  );
});
