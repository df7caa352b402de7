/** The whole story: what happens in the shop, and who hears of it. */
import { expect } from "../wait.ts";
import { collectedClean } from "./collected.ts";
import { memoryRunsOut } from "./muted.ts";
import { checkoutFails, DOWN, UNREACHABLE } from "./outage.ts";
import { ONE_LOW, productSoldOut, SOLD_OUT, stockFalls, TWO_LOW } from "./stock.ts";
import { CROWDED, NO_DOCK, OVERDUE, ticketsByAllWays } from "./tickets.ts";
import type { World } from "./world.ts";

/** Plays the story. What happens to the catalog and to the rest of the shop happens at the same time. */
export async function playStory(world: World): Promise<void> {
  const { steps } = world;
  const chapter = (play: (world: World) => Promise<void>) => steps.chapter(() => play(world));
  await chapter(collectedClean);
  await Promise.all([
    chapter(stockFalls).then(() => chapter(productSoldOut)),
    chapter(memoryRunsOut),
    chapter(ticketsByAllWays).then(() => chapter(checkoutFails)),
  ]);
  await chapter(nobodyElseTold);
}

/** All that people may read in the story. */
const TITLES = [ONE_LOW, TWO_LOW, SOLD_OUT, CROWDED, OVERDUE, NO_DOCK, DOWN, UNREACHABLE];

async function nobodyElseTold({ steps, receiver }: World): Promise<void> {
  await steps.step("the whole story: nobody was told anything else", () => {
    const known = new Set(TITLES.flatMap((title) => [title, `Resolved: ${title}`]));
    const others = receiver.notifications.filter(({ texts }) => !known.has(texts.title));
    expect(
      others.length === 0,
      others.map(({ receiver, texts }) => `${receiver}: ${texts.title}\n${texts.text}`).join("\n"),
    );
    expect(receiver.troubles.length === 0, receiver.troubles.join("\n"));
  });
}
