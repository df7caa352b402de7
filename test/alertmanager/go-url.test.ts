import { expect, it } from "vitest";
import { parseGoDuration } from "../../src/alertmanager/config/value/go-duration.ts";
import { parseGoUrl } from "../../src/alertmanager/config/value/go-url.ts";
import { hostPortMistake } from "../../src/alertmanager/config/value/host-port.ts";

it.each([
  ["http://shop.example/a?b=c#d", "http", "shop.example"],
  ["HTTPS://user:pa%40ss@shop.example:8443", "https", "shop.example:8443"],
  ["http://[::1]:80/", "http", "[::1]:80"],
  ["http://[fe80::1%25eth0]/", "http", "[fe80::1%25eth0]"],
  ["http://shop.example/#a\tb", "http", "shop.example"],
  ["shop/example", "", ""],
  ["mailto:desk@shop.example", "mailto", ""],
  ["http://shop example/", undefined, 'invalid character " " in host name'],
  ["http://shop.example:80a/", undefined, 'invalid port ":80a" after host'],
  ["http://a:b:c/", undefined, 'invalid port ":b:c" after host'],
  ["http://shop.example/%zz", undefined, 'invalid URL escape "%zz"'],
  ["http://[::g]/", undefined, 'invalid host: "::g" is no IPv6 address'],
  ["http://x[::1]/", undefined, "invalid IP-literal"],
  ["http://us er@shop.example", undefined, "invalid userinfo"],
  [":shop", undefined, "missing protocol scheme"],
  ["1shop:x", undefined, "first path segment in URL cannot contain colon"],
])("reads %j as Go does", (text, scheme, rest) => {
  expect(parseGoUrl(text)).toMatchObject(scheme === undefined ? { mistake: rest } : { scheme, host: rest });
});

it.each([
  ["10s", 10_000],
  ["1h15m30.5s", 4_530_500],
  ["-1.5h", -5_400_000],
  ["0", 0],
  ["100us", 0.1],
  ["1d", undefined],
  ["5", undefined],
  ["", undefined],
])("reads the duration %j as Go does", (text, expected) => {
  expect(parseGoDuration(text)).toBe(expected);
});

it.each([
  ["smtp.shop.example:587", undefined],
  ["[::1]:25", undefined],
  [":25", undefined],
  ["smtp", "it lacks a port"],
  ["a:b:c", "it has too many colons; an IPv6 address goes between brackets"],
  ["smtp:", "its port is empty"],
  ["[::1]", "it lacks a port"],
  ["[::1", 'it lacks a "]"'],
])("says of host and port %j whether Go could use them", (text, expected) => {
  expect(hostPortMistake(text)).toBe(expected);
});
