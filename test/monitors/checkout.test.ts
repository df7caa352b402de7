import { outage, scenario, steady } from "tocsin/testing";
import { describe, expect, it } from "vitest";
import {
  checkout,
  checkoutCrowded,
  checkoutDown,
  checkoutErrors,
  checkoutSlow,
  ordersFailing,
  requestRate,
} from "../../monitors/checkout.ts";
import { shop } from "./shop.ts";

const { latency, open, orders } = checkout.metrics;
const start = scenario(shop, { environment: "production" });
const pay = { route: "/pay", code: "200" } as const;

describe("CheckoutErrors", () => {
  /** So many of a thousand requests a minute fail. */
  const failing = (of1000: number, code = "500") =>
    start.given(latency.count, pay, `0+${1000 - of1000}x60`).given(latency.count, { ...pay, code }, `0+${of1000}x60`);

  it("pages once more than one in a hundred requests to a route fails for five minutes", () => {
    const bad = failing(11).given(latency.count, { route: "/cart", code: "200" }, "0+1000x60");
    expect(bad.at("4m")).toBePending(checkoutErrors, { route: "/pay" });
    const summary = "1.1% of requests to /pay fail";
    expect(bad.at("10m")).toFire(checkoutErrors, { route: "/pay", severity: "page" }, { annotations: { summary } });
    expect(bad.at("10m")).not.toFire(checkoutErrors, { route: "/cart" });
    expect(bad.at("10m")).toRecord(requestRate, { route: "/pay" }, 1000 / 60);
  });

  it("bears fewer, and what customers did wrong", () => {
    expect(failing(9).at("30m")).not.toFire(checkoutErrors);
    expect(failing(500, "404").at("30m")).not.toFire(checkoutErrors);
  });

  it("bears one in a hundred", () => {
    const exact = start.given(latency.count, pay, "0+99x60").given(latency.count, { ...pay, code: "503" }, "0+1x60");
    expect(exact.at("30m")).not.toFire(checkoutErrors);
  });

  it("looks at five minutes", () => {
    const burst = start
      .given(latency.count, pay, "0+100x60")
      .given(latency.count, { ...pay, code: "500" }, "0x9 900x50");
    expect(burst.at("13m")).toBePending(checkoutErrors);
    expect(burst.at("16m")).not.toBePending(checkoutErrors);
    expect(burst.at("13m")).toRecord(requestRate, { route: "/pay" }, (rate) => rate > 4);
    expect(burst.at("16m")).toRecord(requestRate, { route: "/pay" }, (rate) => rate < 2);
    expect(burst.during("0", "1h")).toStayQuiet(checkoutErrors);
  });
});

describe("CheckoutSlow", () => {
  /** Of a hundred requests a minute, so many take more than a second. */
  const slow = (count: number, route: "/pay" | "/cart" = "/pay", from = start) =>
    from
      .given(latency.bucket(0.1), { ...pay, route }, `0+${100 - count}x60`)
      .given(latency.bucket(0.3), { ...pay, route }, `0+${100 - count}x60`)
      .given(latency.bucket(1), { ...pay, route }, `0+${100 - count}x60`)
      .given(latency.bucket(3), { ...pay, route }, "0+100x60")
      .given(
        `checkout_request_duration_seconds_bucket{job="checkout",instance="checkout-1",route="${route}",code="200",le="+Inf"}`,
        "0+100x60",
      );

  it("opens a ticket once the slowest hundredth takes more than a second for ten minutes", () => {
    const bad = slow(2);
    expect(bad.at("10m")).toBePending(checkoutSlow, { route: "/pay" });
    expect(bad.at("15m")).toFire(
      checkoutSlow,
      { route: "/pay", severity: "ticket" },
      { annotations: { summary: /takes 2\.00 s/ } },
    );
  });

  it("stays quiet while they are answered within a second", () => {
    expect(slow(0.5).at("30m")).not.toFire(checkoutSlow);
    expect(slow(0).at("30m")).not.toFire(checkoutSlow);
  });

  it("tells routes apart", () => {
    const one = slow(2, "/pay", slow(0, "/cart"));
    expect(one.at("30m")).toFire(checkoutSlow, { route: "/pay" });
    expect(one.at("30m")).not.toFire(checkoutSlow, { route: "/cart" });
  });

  it("looks at five minutes", () => {
    const ended = start
      .given(latency.bucket(1), pay, "0+98x30 3040+100x30")
      .given(latency.bucket(3), pay, "0+100x61")
      .given(
        'checkout_request_duration_seconds_bucket{job="checkout",instance="checkout-1",route="/pay",code="200",le="+Inf"}',
        "0+100x61",
      );
    expect(ended.at("32m")).toFire(checkoutSlow);
    expect(ended.at("34m")).not.toFire(checkoutSlow);
  });
});

describe("CheckoutCrowded", () => {
  it("opens a ticket once more than 200 requests wait at an instance for five minutes", () => {
    const crowded = start.given(open, { instance: "a" }, "200x5 201x30").given(open, { instance: "b" }, "150x40");
    expect(crowded.at("10m")).toBePending(checkoutCrowded, { instance: "a" });
    const summary = "201 requests wait at a";
    expect(crowded.at("12m")).toFire(checkoutCrowded, { instance: "a" }, { annotations: { summary } });
    expect(crowded.at("12m")).not.toFire(checkoutCrowded, { instance: "b" });
  });

  it("bears 200", () => {
    expect(start.given(open, {}, steady(200)).during("0", "1h")).toStayQuiet(checkoutCrowded);
  });
});

describe("OrdersFailing", () => {
  const ending = (paid: number, failed: number) =>
    start.given(orders, { outcome: "paid" }, `0+${paid}x120`).given(orders, { outcome: "failed" }, `0+${failed}x120`);

  it("pages once fewer than 99 in a hundred orders go through for five minutes", () => {
    const bad = ending(98, 2);
    expect(bad.at("5m")).toBePending(ordersFailing);
    expect(bad.at("10m")).toFire(
      ordersFailing,
      { severity: "page" },
      { annotations: { summary: "Only 98% of orders go through" } },
    );
  });

  it("bears one, and what the bank declined", () => {
    expect(ending(9_910, 90).at("1h")).not.toFire(ordersFailing);
    expect(ending(98, 0).given(orders, { outcome: "declined" }, "0+50x120").at("1h")).not.toFire(ordersFailing);
    expect(ending(97, 2).given(orders, { outcome: "declined" }, "0+200x120").at("1h")).not.toFire(ordersFailing);
  });

  it("bears 99 in a hundred", () => {
    expect(ending(99, 1).at("1h")).not.toFire(ordersFailing);
  });

  it("looks at half an hour", () => {
    const burst = start
      .given(orders, { outcome: "paid" }, "0+10x120")
      .given(orders, { outcome: "failed" }, "0x39 60x80");
    expect(burst.at("65m")).toFire(ordersFailing);
    expect(burst.at("72m")).not.toFire(ordersFailing);
  });
});

describe("CheckoutDown", () => {
  it("pages after two minutes", () => {
    const down = start.given(checkout.up, { instance: "pod-1" }, "1x9 0x20");
    expect(down.at("11m")).toBePending(checkoutDown, { instance: "pod-1" });
    expect(down.at("12m")).toFire(checkoutDown, { instance: "pod-1" });
    expect(down.at("9m")).toStayQuiet(checkoutDown);
  });

  it("says nothing of a target that nobody scrapes any more, nor of other services", () => {
    expect(start.given(checkout.up, {}, outage(1, { at: "10m" })).at("20m")).toStayQuiet(checkoutDown);
    expect(start.given('up{job="catalog", instance="a"}', "0x30").at("15m")).toStayQuiet(checkoutDown);
  });
});
