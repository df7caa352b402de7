/** The pages of `tocsin explain`, by code. */
import type { Pages } from "./page.ts";
import { DASHBOARDS } from "./pages/dashboards.ts";
import { FILES } from "./pages/files.ts";
import { MONITORS } from "./pages/monitors.ts";
import { ROUTES } from "./pages/routes.ts";

export const PAGES: Pages = { ...MONITORS, ...ROUTES, ...DASHBOARDS, ...FILES };
