/**
 * The body of Alertmanager's mails, built so that the same HTML comes out.
 *
 * The look of it is that of Alertmanager (Apache-2.0), which took it from Mailgun's transactional email templates (MIT,
 * copyright 2014 Mailgun): https://github.com/mailgun/transactional-email-templates
 */

type Declarations = Readonly<Record<string, string>>;

/** What every element has, since mail programs read no style sheets, save where it says otherwise. */
const EVERYWHERE: Declarations = {
  margin: "0",
  "font-family": "'Helvetica Neue', Helvetica, Arial, sans-serif",
  "box-sizing": "border-box",
  "font-size": "14px",
};

function style(own: Declarations = {}): string {
  const common = Object.entries(EVERYWHERE).filter(([property]) => own[property] === undefined);
  const declarations = [...common, ...Object.entries(own)].map(([property, value]) => `${property}: ${value};`);
  return `style="${declarations.join(" ")}"`;
}

/** An opening tag; `before` and `after` are attributes on either side of its style. */
function open(
  name: string,
  { before = "", own = {}, after = "" }: { before?: string; own?: Declarations; after?: string },
): string {
  return `<${[name, before, style(own), after].filter((part) => part !== "").join(" ")}>`;
}

const TOP = { "vertical-align": "top" };
const BREAK = open("br", {});
const ROW = open("tr", {});
const BLOCK = open("td", {
  before: 'class="content-block"',
  own: { ...TOP, padding: "0 0 20px" },
  after: 'valign="top"',
});
const strong = (text: string) => `${open("strong", {})}${text}</strong>`;
const indent = (width: number) => `\n${" ".repeat(width)}`;

/** A row of the inner table. */
function row(inner: readonly string[]): string {
  const lines = inner.map((line) => `${indent(20)}${line}`).join("");
  return `${indent(16)}${ROW}${indent(18)}${BLOCK}${lines}${indent(18)}</td>${indent(16)}</tr>`;
}

function pairs(set: string): string {
  return `{{ range .${set}.SortedPairs }}{{ .Name }} = {{ .Value }}${BREAK}{{ end }}`;
}

const count = (status: string) => row([strong(`[{{ len .Alerts.${status} }}] ${status}`)]);

/** Each alert of a status. */
function alerts(status: string): string {
  const source = open("a", {
    before: 'href="{{ .GeneratorURL }}"',
    own: { color: "#348eda", "text-decoration": "underline" },
  });
  const one = row([
    `${strong("Labels")}${BREAK}`,
    pairs("Labels"),
    `{{ if .Annotations }}${strong("Annotations")}${BREAK}{{ end }}`,
    pairs("Annotations"),
    `${source}Source</a>${BREAK}`,
  ]);
  return `{{ range .Alerts.${status} }}${one}${indent(16)}{{ end }}`;
}

/** The bar on top; `space` stands behind each pair of labels. */
function bar(kind: string, color: string, space: string): string {
  const cell = open("td", {
    before: `class="alert alert-${kind}"`,
    own: {
      ...TOP,
      "font-size": "16px",
      color: "#fff",
      "font-weight": "500",
      padding: "20px",
      "text-align": "center",
      "border-radius": "3px 3px 0 0",
      "background-color": color,
    },
    after: `valign="top" align="center" bgcolor="${color}"`,
  });
  const named = `{{ range .GroupLabels.SortedPairs }}${indent(16)}{{ .Name }}={{ .Value }}${space}${indent(14)}{{ end }}`;
  const text = `{{ len .Alerts }} alert{{ if gt (len .Alerts) 1 }}s{{ end }} for ${named}`;
  return `${indent(12)}${cell}${indent(14)}${text}${indent(12)}</td>${indent(12)}`;
}

const NARROW = [
  "body {\n    padding: 0 !important;\n  }",
  "h1,\nh2,\nh3,\nh4 {\n    font-weight: 800 !important;\n    margin: 20px 0 5px !important;\n  }",
  ...[22, 18, 16].map((size, i) => `h${i + 1} {\n    font-size: ${size}px !important;\n  }`),
  ".container {\n    padding: 0 !important;\n    width: 100% !important;\n  }",
  ".content {\n    padding: 0 !important;\n  }",
  ".content-wrap {\n    padding: 10px !important;\n  }",
  ".invoice {\n    width: 100% !important;\n  }",
];

const HEAD = `<head>
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<title>{{ template "__subject" . }}</title>
<style>
@media only screen and (max-width: 640px) {
  ${NARROW.join("\n\n  ")}
}
</style>
</head>`;

const BODY = open("body", {
  before: 'itemscope itemtype="https://schema.org/EmailMessage"',
  own: {
    "-webkit-font-smoothing": "antialiased",
    "-webkit-text-size-adjust": "none",
    height: "100%",
    "line-height": "1.6em",
    "background-color": "#f6f6f6",
    width: "100%",
  },
});

const BUTTON = open("a", {
  before: 'href="{{ template "__alertmanagerURL" . }}" class="btn-primary"',
  own: {
    "text-decoration": "none",
    color: "#FFF",
    "background-color": "#348eda",
    border: "solid #348eda",
    "border-width": "10px 20px",
    "line-height": "2em",
    "font-weight": "bold",
    "text-align": "center",
    cursor: "pointer",
    display: "inline-block",
    "border-radius": "5px",
    "text-transform": "capitalize",
  },
});

const MARGIN = `${open("td", { own: TOP, after: 'valign="top"' })}</td>`;

const INNER = [
  row([`${BUTTON}View in {{ template "__alertmanager" . }}</a>`]),
  `${indent(16)}{{ if .Alerts.Firing }}${count("Firing")}${indent(16)}{{ end }}`,
  `${indent(16)}${alerts("Firing")}\n`,
  `${indent(16)}{{ if .Alerts.Resolved }}${indent(18)}{{ if .Alerts.Firing }}`,
  row([BREAK, open("hr", {}), BREAK]),
  `${indent(18)}{{ end }}${count("Resolved")}${indent(16)}{{ end }}`,
  `${indent(16)}${alerts("Resolved")}`,
].join("");

const WRAP = open("table", {
  before: 'class="body-wrap"',
  own: { "background-color": "#f6f6f6", width: "100%" },
  after: 'width="100%" bgcolor="#f6f6f6"',
});
const CONTAINER = open("td", {
  before: 'class="container" width="600"',
  own: { ...TOP, display: "block", "max-width": "600px", margin: "0 auto", clear: "both" },
  after: 'valign="top"',
});
const CONTENT = open("div", {
  before: 'class="content"',
  own: { "max-width": "600px", margin: "0 auto", display: "block", padding: "20px" },
});
const MAIN = open("table", {
  before: 'class="main" width="100%" cellpadding="0" cellspacing="0"',
  own: { "background-color": "#fff", border: "1px solid #e9e9e9", "border-radius": "3px" },
  after: 'bgcolor="#fff"',
});
const CONTENT_WRAP = open("td", {
  before: 'class="content-wrap"',
  own: { ...TOP, padding: "30px" },
  after: 'valign="top"',
});
const GREY = { color: "#999" };
const FOOTER = open("div", {
  before: 'class="footer"',
  own: { width: "100%", clear: "both", ...GREY, padding: "20px" },
});
const SENT_BY = open("td", {
  before: 'class="aligncenter content-block"',
  own: { ...TOP, padding: "0 0 20px", "text-align": "center", ...GREY, "font-size": "12px" },
  after: 'valign="top" align="center"',
});
const HOME = open("a", {
  before: 'href="{{ .ExternalURL }}"',
  own: { "text-decoration": "underline", ...GREY, "font-size": "12px" },
});

/** The template `email.default.html`. */
export const EMAIL = `

<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
${open("html", { before: 'xmlns="http://www.w3.org/1999/xhtml"' })}
${HEAD}

${BODY}

${WRAP}
  ${ROW}
    ${MARGIN}
    ${CONTAINER}
      ${CONTENT}
        ${MAIN}
          ${ROW}
            {{ if .Alerts.Firing }}${bar("warning", "#E6522C", "")}{{ else }}${bar("good", "#68B90F", " ")}{{ end }}
          </tr>
          ${ROW}
            ${CONTENT_WRAP}
              ${open("table", { before: 'width="100%" cellpadding="0" cellspacing="0"' })}${INNER}
              </table>
            </td>
          </tr>
        </table>

        ${FOOTER}
          ${open("table", { before: 'width="100%"' })}
            ${ROW}
              ${SENT_BY}${HOME}Sent by {{ template "__alertmanager" . }}</a></td>
            </tr>
          </table>
        </div></div>
    </td>
    ${MARGIN}
  </tr>
</table>

</body>
</html>

`;
