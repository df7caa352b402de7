import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { readConfig } from "../../src/alertmanager/config/config.ts";
import { readTemplateFiles } from "../../src/alertmanager/config/template-files.ts";
import { renderNotification } from "../../src/gotemplate/notification/render.ts";

function templatesOf(patterns: string, files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "templates-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const { config, reading } = readConfig(`route: { receiver: a }\nreceivers: [{ name: a }]\ntemplates: ${patterns}\n`);
  if (config === undefined) throw new Error("no configuration");
  return readTemplateFiles(config, reading, folder);
}

const DATA = {
  receiver: "a",
  status: "firing" as const,
  alerts: [],
  groupLabels: {},
  commonLabels: {},
  commonAnnotations: {},
  externalURL: "",
};

it("finds the files of a pattern as Go does, and reads them", () => {
  const { templates, diagnostics } = templatesOf("['shop/*.tmpl', 'desk-[0-9].t?pl', 'missing/*']", {
    "shop/a.tmpl": '{{ define "a" }}from a{{ end }}',
    "shop/notes.txt": "{{",
    "desk-1.tmpl": '{{ define "b" }}from b{{ end }}',
    "desk-x.tmpl": "{{",
  });
  expect(diagnostics).toEqual([]);
  expect(renderNotification(templates, '{{ template "a" . }}, {{ template "b" . }}', DATA, { now: 0 })).toBe(
    "from a, from b",
  );
});

it("says what is wrong in which file, and of which pattern", () => {
  const { diagnostics } = templatesOf("['*.tmpl', 'a[']", { "a.tmpl": "{{ if }}", "b.tmpl": "{{ nope }}" });
  expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(["alertmanager/template"]));
  expect(diagnostics.map(({ message, place }) => [place?.file?.slice(-6), message])).toEqual([
    ["a.tmpl", expect.stringContaining("missing value for if")],
    ["b.tmpl", expect.stringContaining('function "nope" not defined')],
    [undefined, 'The pattern "a[" is broken: a bracket is not closed.'],
  ]);
});
