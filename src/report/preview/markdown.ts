/**
 * Markdown as HTML, as much of it as runbooks and panels of text need: headings, lists, tables, code, emphasis, links.
 * Whatever else a text holds stays text: no HTML of its own reaches the page.
 */

/** Makes HTML of a text; headings begin at the level given. */
export function markdownToHtml(markdown: string, level = 1): string {
  const lines = markdown.replaceAll("\r\n", "\n").split("\n");
  const html: string[] = [];
  for (let i = 0; i < lines.length; ) {
    const block = BLOCKS.find(({ starts }) => starts.test(lines[i] ?? ""));
    const end = block === undefined ? i + 1 : block.end(lines, i);
    if (block !== undefined) html.push(block.write(lines.slice(i, end), level));
    i = end;
  }
  return html.join("\n");
}

interface Block {
  readonly starts: RegExp;
  readonly end: (lines: readonly string[], start: number) => number;
  readonly write: (lines: readonly string[], level: number) => string;
}

const FENCE = /^(`{3,})\s*(\w*)\s*$/;
const HEADING = /^(#{1,6})\s+(.*)$/;
const ITEM = /^\s*(?:[-*]|\d+\.)\s+(.*)$/;
const ROW = /^\|.*\|\s*$/;

const BLOCKS: readonly Block[] = [
  {
    starts: FENCE,
    end: (lines, start) => {
      const fence = FENCE.exec(lines[start] ?? "")?.[1] ?? "```";
      const close = lines.findIndex((line, i) => i > start && line.trim() === fence);
      return close === -1 ? lines.length : close + 1;
    },
    write: (lines) => `<pre tabindex="0"><code>${escapeHtml(lines.slice(1, -1).join("\n"))}</code></pre>`,
  },
  {
    starts: HEADING,
    end: (_, start) => start + 1,
    write: ([line = ""], level) => {
      const [, marks = "", text = ""] = HEADING.exec(line) ?? [];
      const rank = Math.min(6, marks.length + level - 1);
      return `<h${rank}>${inline(text)}</h${rank}>`;
    },
  },
  {
    starts: ROW,
    end: (lines, start) => endWhere(lines, start, (line) => ROW.test(line)),
    write: (lines) => {
      const [head = [], ...rows] = lines
        .filter((line) => !/^\|[\s:|-]+\|\s*$/.test(line) || line === lines[0])
        .map(cells);
      const header = head.some((cell) => cell !== "") ? `<thead>${tableRow(head, "th")}</thead>` : "";
      return `<table>${header}<tbody>${rows.map((row) => tableRow(row, "td")).join("")}</tbody></table>`;
    },
  },
  {
    starts: ITEM,
    end: (lines, start) => endWhere(lines, start, (line) => ITEM.test(line)),
    write: (lines) => {
      const tag = /^\s*\d/.test(lines[0] ?? "") ? "ol" : "ul";
      return `<${tag}>${lines.map((line) => `<li>${inline(ITEM.exec(line)?.[1] ?? "")}</li>`).join("")}</${tag}>`;
    },
  },
  {
    starts: /\S/,
    end: (lines, start) =>
      endWhere(lines, start, (line) => /\S/.test(line) && ![FENCE, HEADING, ROW, ITEM].some((one) => one.test(line))),
    write: (lines) => `<p>${inline(lines.join("\n"))}</p>`,
  },
];

function endWhere(lines: readonly string[], start: number, holds: (line: string) => boolean): number {
  const end = lines.findIndex((line, i) => i > start && !holds(line));
  return end === -1 ? lines.length : end;
}

/** The cells of a line; a bar behind a backslash is text. */
function cells(line: string): readonly string[] {
  return line
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));
}

function tableRow(row: readonly string[], tag: "th" | "td"): string {
  return `<tr>${row.map((cell) => `<${tag}>${inline(cell)}</${tag}>`).join("")}</tr>`;
}

const INLINE = /(`+)(.+?)\1(?!`)|\*\*(.+?)\*\*|\[([^\]]*)\]\(([^)\s]*)\)|\\([!-/:-@[-`{-~])/g;

/** Code, emphasis and links; the rest is text. */
function inline(text: string): string {
  let html = "";
  let last = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, , code, strong, label, url, escaped] = match;
    html += escapeHtml(text.slice(last, match.index));
    last = match.index + whole.length;
    if (code !== undefined) html += `<code>${escapeHtml(code.trim())}</code>`;
    else if (strong !== undefined) html += `<strong>${inline(strong)}</strong>`;
    else if (label !== undefined) html += link(label, url ?? "");
    else html += escapeHtml(escaped ?? "");
  }
  return html + escapeHtml(text.slice(last));
}

/** Only addresses of the web lead anywhere. */
function link(label: string, url: string): string {
  if (!/^https?:\/\//i.test(url)) return inline(label);
  return `<a href="${escapeHtml(url)}" rel="noreferrer">${inline(label)}</a>`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
