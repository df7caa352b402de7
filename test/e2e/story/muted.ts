/** A machine runs out of memory at a time at which nobody wants to hear of it. */
import { alertmanager } from "../server/alertmanager.ts";
import { cause } from "../shop/shop.ts";
import { expect } from "../wait.ts";
import { carries, firing, type World } from "./world.ts";

/** Alertmanager gets to know, and keeps it to itself. */
export async function memoryRunsOut(world: World): Promise<void> {
  const { steps, watch } = world;
  await steps.step("memory: a machine runs out of it, and MemoryFull fires", async () => {
    await cause("memory", { available: 1e8 });
    await firing(world, "MemoryFull", { team: "platform", severity: "ticket" });
  });
  await steps.step("memory: Alertmanager knows", () =>
    watch.until("MemoryFull in Alertmanager", 10, async () => {
      const alerts = await alertmanager.alerts();
      expect(
        alerts.some(({ labels }) => carries(labels, { alertname: "MemoryFull" })),
        "it is not there",
      );
    }),
  );
}
