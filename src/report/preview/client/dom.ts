/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** Makes elements: texts are always texts, never HTML. */

export type Child = Node | string | undefined | false;

/** An element with attributes and children; `true` writes an attribute without a value, `undefined` none. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number | boolean | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  for (const child of children) if (child !== undefined && child !== false) element.append(child);
  return element;
}

/** HTML that was made safe where it was made. */
export function trusted(html: string): HTMLElement {
  const element = h("div", { class: "text" });
  element.innerHTML = html;
  return element;
}
