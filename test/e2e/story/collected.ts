/** What Prometheus keeps of what it collects. */
import { prometheus } from "../server/prometheus.ts";
import { expect } from "../wait.ts";
import type { World } from "./world.ts";

/** The rules of relabelling do what the monitors say. */
export async function collectedClean({ steps, watch }: World): Promise<void> {
  await steps.step(
    "scraping: an old label is renamed, noise is dropped, what nobody declared is not kept",
    async () => {
      const [lamp] = await watch.until("stock of lamps", 10, async () => {
        const series = await prometheus.samples('catalog_inventory_items{sku="lamp"}[1m]');
        expect(series.length === 1, `there are ${series.length} series`);
        return series;
      });
      const { product, pod_template_hash } = lamp?.metric ?? {};
      expect(product === undefined && pod_template_hash === undefined, `there is ${JSON.stringify(lamp?.metric)}`);
      const noise = await prometheus.samples(
        '{__name__=~"process_.+|node_scrape_collector_.+",job=~"catalog|machines"}[1m]',
      );
      expect(noise.length === 0, `there is ${noise.map(({ metric }) => metric.__name__).join(", ")}`);
    },
  );
}
