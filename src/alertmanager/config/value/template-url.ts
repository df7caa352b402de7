/** A URL that may be a Go template, as a webhook's. */
import { type Parsed, parsed, type Shape } from "../../../yaml/shape.ts";
import { httpUrl, SECRET_TOKEN } from "./shapes.ts";

const parse = (written: string): Parsed<string> => {
  if (written === "" || written === SECRET_TOKEN) return { value: written };
  if (!written.includes("{{")) return httpUrl(written, "This");
  const mistake = templateMistake(written);
  return mistake === undefined ? { value: written } : { mistake: `The template of this URL is broken: ${mistake}.` };
};

export const templateUrl: Shape<string> = parsed("a URL or a template of one", "", parse, (written) => written);

/** Says why a text is no Go template, or nothing where it is one. */
export function templateMistake(written: string): string | undefined {
  const open = written.lastIndexOf("{{");
  return written.includes("}}", open) ? undefined : 'an action lacks its closing "}}"';
}
