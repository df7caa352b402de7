/** A text that a regular expression matches: enough of the syntax for what stands in matchers. */

/** A matching text, or `undefined` where none is found; whoever asks has to check it. */
export function sampleOf(pattern: string): string | undefined {
  try {
    const { text, rest } = alternatives(pattern);
    return rest === "" ? text : undefined;
  } catch {
    return undefined;
  }
}

interface Read {
  readonly text: string;
  readonly rest: string;
}

/** The first of the alternatives, up to a closing parenthesis. */
function alternatives(source: string): Read {
  let { text, rest } = sequence(source);
  while (rest.startsWith("|")) rest = sequence(rest.slice(1)).rest;
  return { text, rest };
}

function sequence(source: string): Read {
  let text = "";
  let rest = source;
  while (rest !== "" && rest[0] !== "|" && rest[0] !== ")") {
    const one = atom(rest);
    rest = one.rest;
    const [quantifier = ""] = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(rest) ?? [];
    rest = rest.slice(quantifier.length);
    // As often as it has to be; once reads better than not at all.
    const count = quantifier.startsWith("{") ? Number.parseInt(quantifier.slice(1), 10) : 1;
    text += one.text.repeat(count);
  }
  return { text, rest };
}

function atom(source: string): Read {
  const char = source[0] as string;
  if (char === "(") {
    const { text, rest } = alternatives(source.slice(1).replace(/^\?(?:[imsU]*:|P?<\w+>)/, ""));
    return { text, rest: rest.slice(1) };
  }
  if (char === "[") {
    const [all = "", negated, within = ""] = /^\[(\^?)(\]?(?:\\.|[^\]\\])*)\]/.exec(source) ?? [];
    return {
      text: negated ? "0" : within.startsWith("\\") ? atom(within).text : (within[0] ?? ""),
      rest: source.slice(all.length),
    };
  }
  if (char === "\\") {
    const escaped = source[1] ?? "";
    const classes: Readonly<Record<string, string>> = {
      d: "0",
      w: "a",
      s: " ",
      D: "a",
      W: "-",
      S: "a",
      b: "",
      A: "",
      z: "",
    };
    return { text: classes[escaped] ?? escaped, rest: source.slice(2) };
  }
  if (char === "^" || char === "$") return { text: "", rest: source.slice(1) };
  return { text: char === "." ? "0" : char, rest: source.slice(1) };
}
