import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { checkAlertText } from "../../src/gotemplate/alert/alert-text.ts";

const CORPORA = process.env.TOCSIN_CORPORA ?? join(import.meta.dirname, "../../../shared/corpora");
const verdicts = join(CORPORA, "promtool-verdicts.jsonl");
const absent = existsSync(verdicts) ? "" : " (the corpora are not here)";

describe.skipIf(absent !== "")(`rules of other projects${absent}`, () => {
  it("texts are wrong only where promtool found the file wrong", () => {
    const accepted = readFileSync(verdicts, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { file: string; check: string; ok: boolean })
      .filter(({ check, ok }) => ok && check.startsWith("promtool check rules"));
    const mistakes = accepted.flatMap(({ file }) =>
      textsOf(readFileSync(join(CORPORA, file), "utf8")).flatMap(({ alert, text }) => {
        const mistake = checkAlertText(alert, text);
        return mistake === undefined ? [] : [`${file}: ${mistake.message}`];
      }),
    );
    expect(accepted.length).toBeGreaterThan(700);
    expect(mistakes).toEqual([]);
  }, 120_000);

  it("no text of any file is more than the parser can take", () => {
    const files = readdirSync(join(CORPORA, "rules-pint"), { recursive: true, encoding: "utf8" });
    for (const file of files.filter((name) => /\.ya?ml$/.test(name))) {
      for (const { alert, text } of textsOf(readFileSync(join(CORPORA, "rules-pint", file), "utf8"))) {
        checkAlertText(alert, text);
      }
    }
  }, 60_000);
});

interface AlertText {
  readonly alert: string;
  readonly text: string;
}

/** The labels and annotations of all alerting rules in a file, in whatever shape it is. */
function textsOf(yaml: string): readonly AlertText[] {
  const texts: AlertText[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) {
      const { alert, labels, annotations } = value as Record<string, unknown>;
      if (typeof alert === "string") {
        for (const text of [labels, annotations].flatMap((set) => Object.values(set ?? {}))) {
          if (typeof text === "string") texts.push({ alert, text });
        }
      }
      Object.values(value).forEach(visit);
    }
  };
  try {
    for (const document of parseAllDocuments(yaml)) visit(document.toJS());
  } catch {
    // What is no YAML has no texts.
  }
  return texts;
}
