/** The schemas of single values that receivers share. */
import { z } from "zod";
import { NOTIFICATION_FUNCTIONS } from "../../gotemplate/notification/functions.ts";
import { parseTemplate } from "../../gotemplate/parse/parse.ts";
import { BUILTINS } from "../../gotemplate/run/builtins.ts";
import { type DurationText, parseDuration } from "../../quantity/duration.ts";
import { webUrl } from "../schema.ts";
import type { Shape } from "../scrape/object-schema.ts";

/** What JSON can hold. Alertmanager expands the Go templates in its texts. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Text that is taken as it is. */
export const plain = z.string().min(1);

/** A Go template that Alertmanager expands when it tells of a group of alerts. */
export const template = plain.superRefine((text, context) => {
  const mistake = templateMistake(text);
  if (mistake !== undefined) {
    context.addIssue({ code: "custom", message: `this is no template that Alertmanager can expand: ${mistake}` });
  }
});

/** Names with a Go template each. */
export const templates = z.record(plain, template);

/** A web address, or a Go template that makes one. */
export const templateUrl = z.string().superRefine((text, context) => {
  const found = (text.includes("{{") ? template : webUrl).safeParse(text);
  for (const { message } of found.error?.issues ?? []) context.addIssue({ code: "custom", message });
});

/** A duration as Go writes them: its longest unit is the hour. */
export const timeout = z
  .string()
  .refine((text) => parseDuration(text) !== undefined && !/[dwy]/.test(text) && text !== "0", {
    error: ({ input }) => `${JSON.stringify(input)} is not a timeout: write it like "10s", "5m" or "1h30m"`,
  }) as unknown as z.ZodType<DurationText>;

/** An object within a receiver, with a schema for each property of `T`. */
export function part<T>(shape: Shape<T>): z.ZodType<T> {
  return z.strictObject(shape as unknown as z.ZodRawShape) as unknown as z.ZodType<T>;
}

export const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(json), z.record(z.string(), json)]),
);

function templateMistake(text: string): string | undefined {
  const parsed = parseTemplate("", text, {
    hasFunction: (name) => BUILTINS.has(name) || NOTIFICATION_FUNCTIONS.has(name),
  });
  // Go begins with the name of the template, which a text has none of.
  return parsed.kind === "parsed" ? undefined : parsed.message.replace(/^template: :\d+: /, "");
}
