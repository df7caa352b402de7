/** Shapes of the values that fields of alertmanager.yml hold. */
import { parseDuration } from "../../../quantity/duration.ts";
import { isNull, resolveScalar } from "../../../yaml/resolve-scalar.ts";
import { integer, optional, type Parsed, parsed, type Shape, text } from "../../../yaml/shape.ts";
import { compileAnchored } from "../../matcher/regex.ts";
import { parseGoDuration } from "./go-duration.ts";
import { parseGoUrl } from "./go-url.ts";
import { hostPortMistake } from "./host-port.ts";

/** What Alertmanager prints where a secret stands, and takes back without looking at it. */
export const SECRET_TOKEN = "<secret>";

/** A secret; nothing in a message ever repeats it. */
export const secret: Shape<string> = text;

/** A secret that is there even when it is empty; only without a value is it left out. */
export const secretOrNone: Shape<string | undefined> = optional(
  parsed("a secret", "", (written): Parsed<string> => ({ value: written })),
);

/** A duration as Prometheus writes them, in milliseconds. */
export const duration: Shape<number> = parsed("a duration such as 5m", 0, (written): Parsed<number> => {
  const value = parseDuration(written);
  if (value !== undefined) return { value };
  return {
    mistake: `${JSON.stringify(written)} is no duration.`,
    help: "Write whole numbers with units from large to small: 30s, 5m, 1h30m, 1d.",
  };
});

/** A timeout in milliseconds, as Go writes durations. A bare number counts nanoseconds, which nobody means. */
export const timeout: Shape<number> = {
  expects: "a duration such as 10s",
  zero: 0,
  read(node, reading) {
    const value = node.kind === "scalar" ? resolveScalar(node) : undefined;
    if (value?.kind === "null") return 0;
    if (value?.kind === "int" || value?.kind === "float") {
      const nanoseconds = integer.read(node, reading);
      if (nanoseconds !== 0)
        reading.warn(node, {
          code: "alertmanager/bare-timeout",
          message: `This timeout is ${nanoseconds} nanoseconds.`,
          help: "Write the unit: 10s.",
        });
      return nanoseconds / 1e6;
    }
    const ms = value?.kind === "text" ? parseGoDuration(value.value) : undefined;
    if (ms !== undefined) return ms;
    return goDuration.read(node, reading);
  },
};

/** A Go duration that is always text, in milliseconds. */
export const goDuration: Shape<number> = {
  expects: "a duration such as 10s",
  zero: 0,
  read: (node, reading) =>
    node.kind === "scalar" && resolveScalar(node).kind === "null" ? 0 : goDurationText.read(node, reading),
};

const goDurationText: Shape<number> = parsed("a duration such as 10s", 0, (written): Parsed<number> => {
  const value = parseGoDuration(written);
  if (value !== undefined) return { value };
  return {
    mistake: `${JSON.stringify(written)} is no duration.`,
    help: "Write it as 10s, 1.5m or 1h30m. Days are no unit here.",
  };
});

/** An absolute http or https URL. */
export const url: Shape<string> = parsed("a URL", "", (written) => httpUrl(written, JSON.stringify(written)));

/** A URL that is itself a secret. */
export const secretUrl: Shape<string> = parsed("a URL", "", (written) =>
  written === SECRET_TOKEN ? { value: written } : httpUrl(written, "This"),
);

/** Any URL that Go can parse, as for proxies. */
export const anyUrl: Shape<string> = parsed("a URL", "", (written): Parsed<string> => {
  const found = parseGoUrl(written);
  return "mistake" in found ? { mistake: `This is no URL: ${found.mistake}.` } : { value: written };
});

/** Reads an absolute http or https URL; `name` is what a message calls it. */
export function httpUrl(written: string, name: string): Parsed<string> {
  const found = parseGoUrl(written);
  if ("mistake" in found) return { mistake: `${name} is no URL: ${found.mistake}.` };
  const help = "Write an absolute URL that begins with http:// or https://.";
  if (found.scheme !== "http" && found.scheme !== "https")
    return {
      mistake: `${name} is no http or https URL: unsupported scheme ${JSON.stringify(found.scheme)} for URL.`,
      help,
    };
  if (found.host === "") return { mistake: `${name} is no URL: missing host for URL.`, help };
  return { value: found.scheme + written.slice(found.scheme.length) };
}

export const hostPort: Shape<string> = parsed("host:port", "", (written): Parsed<string> => {
  const mistake = written === "" ? undefined : hostPortMistake(written);
  if (mistake === undefined) return { value: written };
  return {
    mistake: `${JSON.stringify(written)} is no host:port: ${mistake}.`,
    help: "Write it as smtp.shop.example:587.",
  };
});

/** A regular expression as text; `undefined` where the field holds null. */
export const regex: Shape<string | undefined> = {
  expects: "a regular expression",
  zero: undefined,
  read: (node, reading) => (isNull(node) ? undefined : regexText.read(node, reading)),
};

const regexText: Shape<string> = parsed("a regular expression", "", (written): Parsed<string> => {
  const compiled = compileAnchored(written);
  return "mistake" in compiled ? { mistake: `${JSON.stringify(written)}: ${compiled.mistake}.` } : { value: written };
});
