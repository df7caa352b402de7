import { ramp, scenario, spike, steady } from "tocsin/testing";
import { describe, expect, it } from "vitest";
import { diskFillsUp, diskLow, machines, machineUnstable, memoryFull } from "../../monitors/machines.ts";
import { shop } from "./shop.ts";

const { memoryAvailable, memoryTotal, diskFree, reboots } = machines.metrics;
const start = scenario(shop, { environment: "production" });
const GIGABYTE = 1e9;
const GIBIBYTE = 2 ** 30;
const root = { mountpoint: "/", fstype: "ext4", instance: "db" } as const;

describe("MemoryFull", () => {
  const big = start.given(memoryTotal, { instance: "db" }, "100x60");

  it("opens a ticket once less than a twentieth is free for a quarter of an hour", () => {
    const full = big.given(memoryAvailable, { instance: "db" }, "50x4 4x60");
    expect(full.at("19m")).toBePending(memoryFull, { instance: "db" });
    expect(full.at("20m")).toFire(
      memoryFull,
      { instance: "db", severity: "ticket" },
      { labels: { tier: "infrastructure" }, annotations: { summary: "db has used 96% of its memory" } },
    );
  });

  it("bears a twentieth", () => {
    expect(big.given(memoryAvailable, { instance: "db" }, "5x60").during("0", "1h")).toStayQuiet(memoryFull);
  });
});

describe("DiskLow", () => {
  const left = (gibibytes: number) => start.given(diskFree, root, steady(gibibytes * GIBIBYTE));

  it("opens a ticket once less than 20 GiB are left for half an hour", () => {
    const low = left(19.5);
    expect(low.at("29m")).toBePending(diskLow.ticket, { instance: "db" });
    const summary = "db has 19.5GiB left on /";
    expect(low.at("30m")).toFire(diskLow.ticket, { instance: "db", severity: "ticket" }, { annotations: { summary } });
    expect(low.during("0", "2h")).toStayQuiet(diskLow.page);
  });

  it("pages at once when less than 2 GiB are left", () => {
    const summary = "db has 1.9GiB left on /";
    expect(left(1.9).at("0")).toFire(diskLow.page, { mountpoint: "/", severity: "page" }, { annotations: { summary } });
  });

  it("bears just as much", () => {
    expect(left(20).during("0", "1h")).toStayQuiet(diskLow.ticket);
    expect(left(2).during("0", "1h")).toStayQuiet(diskLow.page);
  });

  it("begins to wait anew once somebody has tidied up", () => {
    const tidied = start.given(diskFree, root, spike(19 * GIBIBYTE, 40 * GIBIBYTE, { at: "20m", for: "5m" }));
    expect(tidied.during("0", "54m")).toStayQuiet(diskLow.ticket);
    expect(tidied).toFireWithin(diskLow.ticket, "55m");
  });
});

describe("DiskFillsUp", () => {
  /** Six hours, so that the trend is known, and then two more. */
  const filling = (perHour: number) => ramp(30 * GIGABYTE, 30 * GIGABYTE - perHour * 8, "8h");

  it("opens a ticket when what is left will not last a day", () => {
    const full = start.given(diskFree, root, filling(GIGABYTE));
    expect(full.at("7h10m")).toFire(diskFillsUp, { instance: "db", mountpoint: "/" });
    expect(full.at("6h")).not.toFire(diskFillsUp);
    expect(full.at("6h30m")).toBePending(diskFillsUp);
  });

  it("stays quiet when it will, and about what lies in memory", () => {
    expect(start.given(diskFree, root, filling(0.9 * GIGABYTE)).at("8h")).not.toFire(diskFillsUp);
    expect(start.given(diskFree, { ...root, fstype: "tmpfs" }, filling(3 * GIGABYTE)).at("8h")).not.toFire(diskFillsUp);
    expect(start.given(diskFree, { ...root, fstype: "ramfs" }, filling(3 * GIGABYTE)).at("8h")).not.toFire(diskFillsUp);
    expect(start.given(diskFree, root, steady(0)).at("8h")).not.toFire(diskFillsUp);
  });

  it("looks at the last six hours", () => {
    const cleaned = start.given(diskFree, root, "30-0.05x240 18x480");
    expect(cleaned.at("5h")).toFire(diskFillsUp);
    expect(cleaned.at("7h30m")).toFire(diskFillsUp);
    expect(cleaned.at("11h")).not.toFire(diskFillsUp);
  });
});

describe("MachineUnstable", () => {
  it("pages once a machine restarts more than once an hour, over six hours", () => {
    const unstable = start.given(reboots, { instance: "db" }, "0+1x60").given(reboots, { instance: "web" }, "5x400");
    expect(unstable.at("1h")).toFire(machineUnstable, { instance: "db", severity: "page" });
    expect(unstable.at("1h")).not.toFire(machineUnstable, { instance: "web" });
  });

  it("bears six restarts in six hours", () => {
    const some = start.given(reboots, { instance: "db" }, "0x60 1x60 2x60 3x60 4x60 5x60 6x60");
    expect(some.at("6h")).not.toFire(machineUnstable);
  });

  it("takes nine in six hours for more than one an hour", () => {
    const nine = start.given(reboots, { instance: "db" }, ({ sinceStartMs }) => Math.floor(sinceStartMs / 2_400_000));
    expect(nine.at("6h")).toFire(machineUnstable, { instance: "db" });
  });

  it("says how often", () => {
    const often = start.given(reboots, { instance: "db" }, "0+1x360");
    const summary = "db restarts 60.0 times an hour";
    expect(often.at("6h")).toFire(machineUnstable, {}, { annotations: { summary } });
  });
});
