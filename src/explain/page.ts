/** What a page about a diagnostic holds. */

/** A text that someone writes, and what kind of file it stands in. */
export interface Example {
  readonly in: "monitors" | "alertmanager.yml" | "rules.yml" | "dashboard";
  readonly text: string;
}

/** A page about one code. */
export interface Page {
  /** What it means, and why it matters. */
  readonly about: string;
  /** What to do. */
  readonly remedy: string;
  /** What is wrong, where a file can show it. */
  readonly wrong?: Example;
  /** The same done right. */
  readonly right?: Example;
}

export type Pages = Readonly<Record<string, Page>>;

/** A page with examples from a monitors file: what someone adds to a shop with `storefront`, `catalog` and `stock`. */
export function monitorsPage(about: string, remedy: string, wrong: string, right: string): Page {
  return { about, remedy, wrong: { in: "monitors", text: wrong }, right: { in: "monitors", text: right } };
}

/** A page with examples of an alertmanager.yml. */
export function alertmanagerPage(about: string, remedy: string, wrong: string, right: string): Page {
  return {
    about,
    remedy,
    wrong: { in: "alertmanager.yml", text: wrong },
    right: { in: "alertmanager.yml", text: right },
  };
}

/** A page with examples of a file of rules. */
export function rulesPage(about: string, remedy: string, wrong: string, right: string): Page {
  return { about, remedy, wrong: { in: "rules.yml", text: wrong }, right: { in: "rules.yml", text: right } };
}
