import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** Each folder of src, after those it may import from. */
const LAYERS = [
  "util",
  "diagnostic",
  "source",
  "quantity",
  "label",
  "yaml",
  "promql",
  "vector",
  "gotemplate",
  "model",
  "slo",
  "plan",
  "check",
  "engine",
  "rule",
  "alertmanager",
  "emit",
  "import",
  "change",
  "report",
  "testing",
  "explain",
  "cli",
];

const folders = readdirSync("src", { withFileTypes: true }).filter((entry) => entry.isDirectory());

it("every folder of src has its place in the order", () => {
  expect(folders.map(({ name }) => name).filter((name) => !LAYERS.includes(name))).toEqual([]);
});

it.each(LAYERS.filter((layer) => existsSync(`src/${layer}`)))(
  "src/%s imports only from the layers before it",
  (layer) => {
    const files = readdirSync(`src/${layer}`, { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".ts"),
    );
    const imported = files.flatMap((file) =>
      [...readFileSync(`src/${layer}/${file}`, "utf8").matchAll(/(?:from |import\()"(?:\.\.\/)+([\w-]+)\//g)].map(
        ([, folder]) => `${file} imports ${folder}`,
      ),
    );
    const later = LAYERS.slice(LAYERS.indexOf(layer) + 1);
    expect(imported.filter((edge) => later.some((folder) => edge.endsWith(` ${folder}`)))).toEqual([]);
  },
);
