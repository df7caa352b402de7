/** A URL that may be a Go template, as a webhook's. */
import { parseTemplate } from "../../../gotemplate/parse/parse.ts";
import { BUILTINS } from "../../../gotemplate/run/builtins.ts";
import { type Parsed, parsed, type Shape } from "../../../yaml/shape.ts";
import { httpUrl, SECRET_TOKEN } from "./shapes.ts";

const parse = (written: string): Parsed<string> => {
  if (written === "" || written === SECRET_TOKEN) return { value: written };
  if (!written.includes("{{")) return httpUrl(written, "This");
  const mistake = templateMistake(written);
  return mistake === undefined ? { value: written } : { mistake: `The template of this URL is broken: ${mistake}.` };
};

export const templateUrl: Shape<string> = parsed("a URL or a template of one", "", parse, (written) => written);

/** Says why a text is no Go template, or nothing where it is one. Of functions it may call only those that Go brings. */
export function templateMistake(written: string): string | undefined {
  const parsed = parseTemplate("", written, { hasFunction: (name) => BUILTINS.has(name) });
  return parsed.kind === "parsed" ? undefined : parsed.message;
}
