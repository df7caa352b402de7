import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromScenario } from "../../../src/cli/preview.ts";
import { markdownToHtml } from "../../../src/report/preview/markdown.ts";
import { previewPage } from "../../../src/report/preview/page.ts";
import type { Payload } from "../../../src/report/preview/payload.ts";
import { previewOf } from "../../../src/report/preview/preview.ts";
import { sellingOut } from "./shop.scenario.ts";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const present = existsSync(CHROMIUM);
const SCREENSHOTS = "test/report/screenshots";
const SLOW = 120_000;

/** The share of what is drawn that may differ, where letters are those of the pictures: Debian's. */
const TOLERANCE = 0.2;
const FONT = "DejaVu Sans";
/** Other letters take other room, and shift what follows them. */
const OTHER_LETTERS = 0.75;

describe.skipIf(!present)(present ? "the preview in a browser" : `the preview in a browser (no ${CHROMIUM})`, () => {
  const folder = mkdtempSync(join(tmpdir(), "tocsin-preview-"));
  const messages: string[] = [];
  const requests: string[] = [];
  let browser: Browser;
  let page: Page;
  let payload: Payload;

  beforeAll(async () => {
    payload = previewOf(await fromScenario(sellingOut, "The shop sells out of mugs"), ".");
    const { chromium } = await import("playwright-core");
    const quiet = [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
    ];
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [...quiet, "--disable-component-update", "--disable-sync", "--force-color-profile=srgb"],
    });
    page = await browser.newPage({ viewport: { width: 1366, height: 900 }, colorScheme: "light", timezoneId: "UTC" });
    page.on("console", (message) => messages.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => messages.push(String(error)));
    page.on("request", (request) => requests.push(request.url()));
    await open(payload);
  }, SLOW);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(what: Payload): Promise<void> {
    const file = join(folder, "preview.html");
    writeFileSync(file, await previewPage(what));
    await page.goto(pathToFileURL(file).href);
    await page.locator("main h2").waitFor();
  }

  async function go(hash: string): Promise<void> {
    await page.evaluate((to) => {
      location.hash = to;
    }, hash);
    await page.waitForTimeout(400);
  }

  it("says nothing on the console and asks nobody for anything", async () => {
    for (const { uid } of payload.dashboards) await go(`#/dashboard/${uid}`);
    for (const hash of ["#/alerts", "#/routing", "#/runbooks", "#/runbook/SoldOut"]) await go(hash);
    expect(messages).toEqual([]);
    expect(requests.filter((url) => !url.startsWith("file:") && !url.startsWith("data:"))).toEqual([]);
  }, 60_000);

  it("paints before it draws what nobody sees yet", async () => {
    await go(`#/dashboard/${payload.dashboards[0]?.uid}`);
    await page.reload();
    await page.locator("main h2").waitFor();
    await page.waitForTimeout(300);
    const painted = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length);
    const waiting = await page.evaluate(
      () =>
        [...document.querySelectorAll(".plot:empty")].filter(
          (plot) => plot.getBoundingClientRect().top < innerHeight && plot.getBoundingClientRect().height > 0,
        ).length,
    );
    expect([painted, waiting]).toEqual([1, 0]);
  }, 60_000);

  it("draws every plot that can be seen, by uPlot", async () => {
    await go("#/dashboard/shop");
    const plots = payload.dashboards.find(({ uid }) => uid === "shop")?.rows.flatMap(({ panels }) => panels) ?? [];
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.waitForTimeout(300);
    expect(await page.locator(".uplot canvas").count()).toBe(plots.filter(({ as }) => as === "timeseries").length);
  });

  it("can be used with a keyboard and a screen reader", async () => {
    await page.reload();
    await page.locator("main h2").waitFor();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the dashboard");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("main") !== null)).toBe(true);
    await go("#/dashboard/shop");
    const unnamed = await page.evaluate(
      () => [...document.querySelectorAll('[role="img"]')].filter((one) => !one.getAttribute("aria-label")).length,
    );
    expect(unnamed).toBe(0);
    expect(await page.locator('[role="img"]').first().getAttribute("aria-label")).toMatch(
      /Lowest stock, \d series\. .*last/,
    );
    expect(await page.locator('nav a[aria-current="page"]').textContent()).toBe("Shop");
  });

  it("draws of two hundred panels only those near the window", async () => {
    const [first] = payload.dashboards;
    const panels = payload.dashboards
      .flatMap(({ rows }) => rows.flatMap((row) => row.panels))
      .filter(({ as }) => as === "timeseries");
    const many = Array.from({ length: 200 }, (_, i) => ({
      ...(panels[i % panels.length] as (typeof panels)[number]),
      id: i,
      width: 8,
    }));
    const rows = [{ title: "All", collapsed: false, panels: many }];
    await open({ ...payload, dashboards: [{ ...(first as (typeof payload.dashboards)[number]), uid: "many", rows }] });
    await go("#/dashboard/many");
    expect(await page.locator(".panel").count()).toBe(200);
    const drawn = () => page.locator(".uplot").count();
    expect(await drawn()).toBeGreaterThan(5);
    expect(await drawn()).toBeLessThan(60);
    await page.evaluate(() => document.querySelector(".panel:last-child")?.scrollIntoView());
    await page.locator(".panel:last-child .uplot").waitFor();
    expect(await drawn()).toBeLessThan(120);
    await open(payload);
  }, 60_000);

  it("shows hostile texts as texts", async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Grafana
    const hostile = "</script><img src=x onerror=\"document.title='broken'\">\"'\u202e עברית 🔔 {{x}} ${y} <!--";
    const [first] = payload.dashboards;
    const panels = payload.dashboards.flatMap(({ rows }) => rows.flatMap((row) => row.panels));
    const spoiled = panels.map((panel, i) => ({
      ...panel,
      id: i,
      title: hostile,
      description: hostile,
      queries: [hostile],
      trouble: hostile,
      links: [{ title: hostile, url: `javascript:${hostile}`, newTab: true }],
      mappings: { 1: { text: hostile, color: undefined } },
      html: panel.html === undefined ? undefined : markdownToHtml(hostile, 4),
      series: panel.series.map((one) => ({ ...one, name: hostile, labels: { sku: hostile } })),
      table: panel.table && {
        columns: panel.table.columns.map((column) => ({ ...column, title: hostile })),
        rows: panel.table.rows.map((row) => row.map((cell) => (typeof cell === "string" ? hostile : cell))),
      },
    }));
    await open({
      ...payload,
      title: hostile,
      data: hostile,
      dashboards: [
        {
          ...(first as (typeof payload.dashboards)[number]),
          title: hostile,
          description: hostile,
          owner: hostile,
          rows: [{ title: hostile, collapsed: false, panels: spoiled }],
        },
      ],
      alerts: payload.alerts.map((alert) => ({
        ...{ ...alert, name: hostile, service: hostile, expression: hostile, runbook: hostile },
        series: alert.series.map((one) => ({ ...one, labels: hostile, summary: hostile })),
      })),
      route: { receiver: hostile, matchers: [hostile], notes: [hostile], routes: [] },
      runbooks: [{ name: hostile, html: markdownToHtml(hostile, 3) }],
    });
    const harmless = async () => {
      expect(await page.locator("img, main script").count()).toBe(0);
      expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
      expect(await page.title()).not.toBe("broken");
    };
    await harmless();
    expect(await page.locator("main h2").textContent()).toBe(hostile);
    expect(await page.locator(".panel h4").first().textContent()).toBe(hostile);
    for (const hash of ["#/alerts", "#/routing", "#/runbooks", `#/runbook/${encodeURIComponent(hostile)}`]) {
      await go(hash);
      await harmless();
    }
    expect(messages).toEqual([]);
    await open(payload);
  }, 60_000);

  it("would notice another page, a plot that is missing, and a page in the wrong colours", async () => {
    await page.emulateMedia({ colorScheme: "light" });
    await go("#/dashboard/shop");
    const shop = await page.screenshot();
    expect(await difference(page, shop, shop)).toBe(0);
    await go("#/alerts");
    expect(await difference(page, shop, await page.screenshot())).toBeGreaterThan(2 * TOLERANCE);
    await go("#/dashboard/shop");
    await page.evaluate(() => {
      for (const plot of document.querySelectorAll<HTMLElement>(".plot")) plot.style.visibility = "hidden";
    });
    expect(await difference(page, shop, await page.screenshot())).toBeGreaterThan(TOLERANCE);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.waitForTimeout(300);
    expect(await difference(page, shop, await page.screenshot())).toBeGreaterThan(2 * TOLERANCE);
  }, 60_000);

  it.each([
    ["dashboard", "#/dashboard/shop", "light"],
    ["dashboard-dark", "#/dashboard/tocsin-service-catalog", "dark"],
    ["alerts", "#/alerts", "light"],
    ["runbook", "#/runbook/SoldOut", "light"],
  ] as const)(
    "looks as it did: %s",
    async (name, hash, colorScheme) => {
      await page.emulateMedia({ colorScheme });
      await go(hash);
      await page.waitForTimeout(300);
      const file = join(SCREENSHOTS, `preview-${name}.png`);
      const now = await page.screenshot();
      if (!existsSync(file) || process.env.UPDATE_SCREENSHOTS !== undefined) {
        mkdirSync(SCREENSHOTS, { recursive: true });
        writeFileSync(file, now);
      }
      const tolerance = (await hasFont(page)) ? TOLERANCE : OTHER_LETTERS;
      expect(await difference(page, readFileSync(file), now)).toBeLessThan(tolerance);
    },
    60_000,
  );
});

/** Whether the page is written in the letters of the pictures. */
function hasFont(page: Page): Promise<boolean> {
  return page.evaluate((font) => {
    const context = new OffscreenCanvas(1, 1).getContext("2d") as OffscreenCanvasRenderingContext2D;
    const widthIn = (family: string) => {
      context.font = `20px ${family}`;
      return context.measureText("Everything that is watched, 0123456789").width;
    };
    return Math.abs(widthIn("system-ui, sans-serif") - widthIn(`"${font}", monospace`)) < 0.5;
  }, FONT);
}

/**
 * The share of what is drawn in either picture that differs; 1 where the sizes do. What is compared are squares of some
 * pixels, so that the edges of letters do not count, and only those in which something is drawn, so that a page that
 * shows nothing differs in all of them.
 */
async function difference(page: Page, before: Buffer, after: Buffer): Promise<number> {
  const other = (await page.context().browser()?.newPage()) as Page;
  const share = await other.evaluate(
    async ([a, b]) => {
      const SQUARE = 12;
      const squares = async (base64: string) => {
        const image = new Image();
        image.src = `data:image/png;base64,${base64}`;
        await image.decode();
        const [width, height] = [Math.ceil(image.width / SQUARE), Math.ceil(image.height / SQUARE)];
        const canvas = new OffscreenCanvas(image.width, image.height);
        const context = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
        context.drawImage(image, 0, 0);
        const { data } = context.getImageData(0, 0, image.width, image.height);
        const sums = new Float64Array(width * height * 3);
        const counts = new Float64Array(width * height);
        const least = new Float64Array(width * height).fill(255);
        const most = new Float64Array(width * height);
        for (let i = 0; i < data.length; i += 4) {
          const at = Math.floor(i / 4 / image.width / SQUARE) * width + Math.floor(((i / 4) % image.width) / SQUARE);
          counts[at] = (counts[at] ?? 0) + 1;
          for (let c = 0; c < 3; c++) {
            const value = data[i + c] ?? 0;
            sums[at * 3 + c] = (sums[at * 3 + c] ?? 0) + value;
            least[at] = Math.min(least[at] ?? 255, value);
            most[at] = Math.max(most[at] ?? 0, value);
          }
        }
        const isDrawn = (at: number) => (most[at] ?? 0) - (least[at] ?? 0) > 60;
        const color = (at: number) => [0, 1, 2].map((c) => (sums[at * 3 + c] ?? 0) / (counts[at] ?? 1));
        return { width, height, isDrawn, color };
      };
      const [x, y] = [await squares(a ?? ""), await squares(b ?? "")];
      if (x.width !== y.width || x.height !== y.height) return 1;
      let [drawn, different] = [0, 0];
      for (let at = 0; at < x.width * x.height; at++) {
        if (!x.isDrawn(at) && !y.isDrawn(at)) continue;
        drawn++;
        const other = y.color(at);
        if (x.color(at).some((value, c) => Math.abs(value - (other[c] ?? 0)) > 20)) different++;
      }
      return different / Math.max(1, drawn);
    },
    [before.toString("base64"), after.toString("base64")],
  );
  await other.close();
  return share;
}
