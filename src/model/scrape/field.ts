/** The schemas of single values that scraping and discovery share, each with a message that says what to write. */
import { z } from "zod";
import { didYouMean } from "../../diagnostic/near-miss.ts";
import type { LabelSet } from "../../label/label-set.ts";
import { type DurationText, parseDuration } from "../../quantity/duration.ts";
import { checkedBy, expected, secretIn } from "./object-schema.ts";

/** Any text that is valid Unicode: Prometheus takes UTF-8 only. */
export const anyText = z
  .string(expected("a text"))
  .refine(isUnicode, { error: "holds half of a surrogate pair, which UTF-8 cannot express" });

export const text = anyText.refine((value) => value.trim() !== "", { error: "must not be empty" });

export const flag = z.boolean(expected("true or false"));

/** A whole number, `least` or more. */
export function whole(least: number) {
  return z.number(expected("a whole number")).refine((value) => Number.isSafeInteger(value) && value >= least, {
    error: ({ input }) => `${input} is not a whole number of ${least} or more`,
  });
}

export const port = z
  .number(expected("a port"))
  .refine((value) => Number.isInteger(value) && value > 0 && value < 65536, {
    error: ({ input }) => `${input} is not a port: give a whole number from 1 to 65535`,
  });

/** A duration longer than nothing. */
export const duration = checkedBy<DurationText>((value) => {
  const ms = typeof value === "string" ? parseDuration(value) : undefined;
  if (ms === undefined) return [`${JSON.stringify(value)} is not a duration: write it like "30s", "5m" or "1h30m"`];
  return ms > 0 ? [] : [`${JSON.stringify(value)} is too short: a duration here must be longer than zero`];
});

/** The path of a file on the server, relative to the folder of its configuration. */
export const filePath = text
  .refine((path) => !/[\n\r\0]/.test(path), {
    error: "a path has no line breaks: give the path of the file, not what is in it",
  })
  .refine((path) => !/^[a-z][a-z0-9+.-]*:\/\//i.test(path), {
    error: ({ input }) => `${JSON.stringify(input)} is a URL: give the path of a file on the server`,
  });

/** A label's name: any text but the empty one. */
export const labelName = anyText.refine((name) => name !== "", { error: "a label's name must not be empty" });

/** A list of at least one. */
export function list<T>(item: z.ZodType<T>) {
  return z.array(item, expected("a list")).refine((items) => items.length > 0, { error: "the list must not be empty" });
}

/** Pairs of a name and a value; problems of a name stand at the name. */
export function mapOf<T>(name: z.ZodType<string>, value: z.ZodType<T>) {
  return z.record(name as z.ZodType<string, string>, value, {
    error: (issue) => (issue.code === "invalid_key" ? issue.issues?.[0]?.message : expected("an object").error(issue)),
  });
}

export const labels: z.ZodType<LabelSet> = mapOf(labelName, anyText);

/** One of some words. */
export function oneOf<const W extends string>(...words: readonly W[]) {
  return z.enum(words, {
    error: ({ input }) => `${JSON.stringify(input)} is none of ${words.join(", ")}.${didYouMean(String(input), words)}`,
  });
}

/** A URL with a host, without credentials in it. */
export function url(...schemes: readonly string[]) {
  return checkedBy<string>((value) =>
    typeof value !== "string" ? [expected("a URL").error({ input: value })] : (urlProblem(value, schemes) ?? []),
  );
}

export const webUrl = url("http", "https");

/** Whether a text can be written in UTF-8: it holds no half of a surrogate pair. */
export function isUnicode(value: string): boolean {
  return !/\p{Surrogate}/u.test(value);
}

function urlProblem(value: string, schemes: readonly string[]): readonly [string] | undefined {
  const wanted = `write it in full, like "${schemes[0] ?? "https"}://shop.example/"`;
  const [, scheme, authority] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(value) ?? [];
  if (scheme === undefined || authority === undefined || /[\s\0]/.test(value)) {
    return [`${JSON.stringify(value)} is not a URL: ${wanted}`];
  }
  if (authority.includes("@")) return [`a URL is no place for credentials. ${secretIn("basicAuth with passwordFile")}`];
  if (schemes.length > 0 && !schemes.includes(scheme.toLowerCase())) {
    return [`the URL's scheme must be ${schemes.join(" or ")}, not ${scheme}`];
  }
  if (scheme === "unix") return undefined;
  if (authority === "") return [`the host is missing in ${JSON.stringify(value)}: ${wanted}`];
  return URL.canParse(value) ? undefined : [`${JSON.stringify(value)} is not a URL: ${wanted}`];
}
