/** All of the shop's monitors, as the build sees them. */
import * as catalog from "../../monitors/catalog.ts";
import * as checkout from "../../monitors/checkout.ts";
import * as dashboards from "../../monitors/dashboards.ts";
import * as deliveries from "../../monitors/deliveries.ts";
import * as environments from "../../monitors/environments.ts";
import * as machines from "../../monitors/machines.ts";
import * as platform from "../../monitors/platform.ts";
import * as teams from "../../monitors/teams.ts";

export const shop = { catalog, checkout, dashboards, deliveries, environments, machines, platform, teams };
