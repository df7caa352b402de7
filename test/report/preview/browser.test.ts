import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromScenario } from "../../../src/cli/preview.ts";
import { previewPage } from "../../../src/report/preview/page.ts";
import type { Payload } from "../../../src/report/preview/payload.ts";
import { previewOf } from "../../../src/report/preview/preview.ts";
import { sellingOut } from "./shop.scenario.ts";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const present = existsSync(CHROMIUM);
const SCREENSHOTS = "test/report/screenshots";
const SLOW = 120_000;

/** The share of pixels that may differ: fonts are not the same everywhere. */
const TOLERANCE = 0.06;

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

  it("paints within a second", async () => {
    await page.reload();
    await page.locator("main h2").waitFor();
    const paint = await page.evaluate(
      () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 1e9,
    );
    expect(paint).toBeLessThan(1000);
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

  it("is fast with two hundred panels", async () => {
    const [first] = payload.dashboards;
    const panels = payload.dashboards.flatMap(({ rows }) => rows.flatMap((row) => row.panels));
    const many = Array.from({ length: 200 }, (_, i) => ({
      ...(panels[i % panels.length] as (typeof panels)[number]),
      id: i,
    }));
    const rows = [{ title: "All", collapsed: false, panels: many }];
    await open({ ...payload, dashboards: [{ ...(first as (typeof payload.dashboards)[number]), uid: "many", rows }] });
    const took = await page.evaluate(async () => {
      const start = performance.now();
      location.hash = "#/alerts";
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      location.hash = "#/dashboard/many";
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return performance.now() - start;
    });
    expect(await page.locator(".panel").count()).toBe(200);
    expect(took).toBeLessThan(2000);
    await open(payload);
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
      expect(await difference(page, readFileSync(file), now)).toBeLessThan(TOLERANCE);
    },
    60_000,
  );
});

/** The share of pixels that are clearly not the same; 1 where the sizes differ. */
async function difference(page: Page, before: Buffer, after: Buffer): Promise<number> {
  const other = (await page.context().browser()?.newPage()) as Page;
  const share = await other.evaluate(
    async ([a, b]) => {
      const pixels = async (base64: string) => {
        const image = new Image();
        image.src = `data:image/png;base64,${base64}`;
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height);
        const context = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
        context.drawImage(image, 0, 0);
        return context.getImageData(0, 0, image.width, image.height);
      };
      const [x, y] = [await pixels(a ?? ""), await pixels(b ?? "")];
      if (x.width !== y.width || x.height !== y.height) return 1;
      let different = 0;
      for (let i = 0; i < x.data.length; i += 4) {
        const distance = [0, 1, 2].reduce((sum, c) => sum + Math.abs((x.data[i + c] ?? 0) - (y.data[i + c] ?? 0)), 0);
        if (distance > 96) different++;
      }
      return different / (x.data.length / 4);
    },
    [before.toString("base64"), after.toString("base64")],
  );
  await other.close();
  return share;
}
