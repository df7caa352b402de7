/** Explains what a code means that a message names. */
import { didYouMean } from "../diagnostic/near-miss.ts";
import type { Example, Page } from "../explain/page.ts";
import { type Command, defineCommand, UsageError } from "./command.ts";

export const explainCommand: Command = defineCommand({
  description:
    "Explains a code that a message names: what it means, an example, and what to do. Without a code, lists them.",
  positionals: [{ name: "CODE", help: "The code, such as alert/never-fires.", optional: true }],
  options: { json: { kind: "flag", help: "Print one JSON object." } },
  examples: ["tocsin explain", "tocsin explain alert/never-fires"],
  async run({ positionals: [code], options: { json } }, { stdout }) {
    const { PAGES } = await import("../explain/pages.ts");
    const codes = Object.keys(PAGES).sort();
    if (code === undefined) {
      const width = Math.max(...codes.map(({ length }) => length));
      const line = (name: string) => `  ${name.padEnd(width)}  ${firstSentence(PAGES[name]?.about ?? "")}\n`;
      stdout.write(json ? `${JSON.stringify(PAGES, null, 2)}\n` : codes.map(line).join(""));
      return 0;
    }
    const page = Object.hasOwn(PAGES, code) ? PAGES[code] : REMARK.test(code) ? REMARK_PAGE : undefined;
    if (page === undefined)
      throw new UsageError(
        `There is no code ${JSON.stringify(code)}.${didYouMean(code, codes)}`,
        "`tocsin explain` lists them.",
      );
    stdout.write(json ? `${JSON.stringify({ code, ...page }, null, 2)}\n` : pageText(code, page));
    return 0;
  },
});

/** Remarks of the compiler have codes of its own. https://esbuild.github.io/api/#log-override */
const REMARK = /^source\/[a-z]+(?:-[a-z]+)+$/;

const REMARK_PAGE: Page = {
  about: "The compiler of monitors files remarks on something that is valid, and most often a slip.",
  remedy: "Read what it says at the place shown.",
};

/** A page as a person reads it in a terminal. */
export function pageText(code: string, { about, remedy, wrong, right }: Page): string {
  const parts = [code, about, remedy];
  if (wrong !== undefined) parts.push(`Wrong${whereOf(wrong)}:`, indented(wrong.text));
  if (right !== undefined) parts.push("Right:", indented(right.text));
  return `${parts.join("\n\n")}\n`;
}

const WHERE: Readonly<Record<Example["in"], string>> = {
  monitors: "",
  "alertmanager.yml": ", in alertmanager.yml",
  "rules.yml": ", in a file of rules",
  dashboard: ", in a dashboard's JSON",
};

function whereOf(example: Example): string {
  return WHERE[example.in];
}

function indented(text: string): string {
  return text.trimEnd().replace(/^(?=.)/gm, "  ");
}

function firstSentence(text: string): string {
  return /^.*?[.:](?=\s|$)/.exec(text)?.[0].replace(/:$/, ".") ?? text;
}
