/**
 * Time zones by name, with the abbreviations that the time zone database gives them.
 * https://www.iana.org/time-zones
 *
 * The runtime knows offsets and, in words, which of a zone's times holds; the abbreviations are told from those words. Zones
 * that the database gives no letters to are written by their offset, such as `+03`, and so is what this table does not know.
 */
import { GoError } from "./function.ts";

/** A time zone. */
export interface Zone {
  /** The name as Go prints a `*time.Location`. */
  readonly name: string;
  /** What holds in the zone at an instant, given in milliseconds since 1970. */
  at(ms: number): { readonly offset: number; readonly abbreviation: string };
}

/** Universal time. */
export const UTC: Zone = { name: "UTC", at: () => ({ offset: 0, abbreviation: "UTC" }) };

/** A zone that is always so many seconds ahead of UTC, and prints as such. */
export function fixedZone(offset: number): Zone {
  return { name: "", at: () => ({ offset, abbreviation: "" }) };
}

const zones = new Map<string, Zone>();

/** The zone of a name, or an error in Go's words. Names are told apart by case, as files are. */
export function zoneNamed(name: string): Zone {
  if (name === "" || name === "UTC") return UTC;
  const known = zones.get(name);
  if (known !== undefined) return known;
  if (name.includes("..") || /^[/\\]/.test(name)) throw new GoError("time: invalid location name");
  const zone = name === "Local" ? localZone() : databaseZone(name);
  zones.set(name, zone);
  return zone;
}

function localZone(): Zone {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { ...(timeZone === "UTC" ? UTC : databaseZone(timeZone)), name: "Local" };
}

function databaseZone(name: string): Zone {
  try {
    if (!/^[A-Z]/.test(name)) throw new RangeError(name);
    const format = new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      timeZoneName: "long",
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    const { timeZone } = format.resolvedOptions();
    if (timeZone !== name && timeZone.toLowerCase() === name.toLowerCase()) throw new RangeError(name);
    return { name, at: (ms) => lookUp(name, format, ms) };
  } catch {
    throw new GoError(`unknown time zone ${name}`);
  }
}

function lookUp(name: string, format: Intl.DateTimeFormat, ms: number) {
  const part: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(ms)) part[type] = value;
  const year = part.era?.startsWith("B") ? 1 - Number(part.year) : Number(part.year);
  const wall = new Date(0);
  wall.setUTCFullYear(year, Number(part.month) - 1, Number(part.day));
  wall.setUTCHours(Number(part.hour), Number(part.minute), Number(part.second));
  const offset = (wall.getTime() - Math.floor(ms / 1000) * 1000) / 1000;
  return { offset, abbreviation: abbreviationOf(WITHOUT_LETTERS.has(name) ? "" : (part.timeZoneName ?? ""), offset) };
}

function abbreviationOf(words: string, offset: number): string {
  const known = ABBREVIATIONS[words];
  if (known !== undefined) return known;
  const minutes = Math.abs(Math.trunc(offset / 60));
  const hours = String(Math.trunc(minutes / 60)).padStart(2, "0");
  const rest = minutes % 60 === 0 ? "" : String(minutes % 60).padStart(2, "0");
  return `${offset < 0 ? "-" : "+"}${hours}${rest}`;
}

/** Zones that share their clocks' name with others, but for which the database has no letters. */
const WITHOUT_LETTERS = new Set(["Antarctica/Casey", "Antarctica/Troll", "Asia/Colombo", "Europe/Minsk"]);

const ABBREVIATIONS: Readonly<Record<string, string>> = {
  "Coordinated Universal Time": "UTC",
  "Greenwich Mean Time": "GMT",
  "British Summer Time": "BST",
  "Irish Standard Time": "IST",
  "Western European Standard Time": "WET",
  "Western European Summer Time": "WEST",
  "Central European Standard Time": "CET",
  "Central European Summer Time": "CEST",
  "Eastern European Standard Time": "EET",
  "Eastern European Summer Time": "EEST",
  "Moscow Standard Time": "MSK",
  "Israel Standard Time": "IST",
  "Israel Daylight Time": "IDT",
  "South Africa Standard Time": "SAST",
  "Central Africa Time": "CAT",
  "East Africa Time": "EAT",
  "West Africa Standard Time": "WAT",
  "West Africa Time": "WAT",
  "India Standard Time": "IST",
  "Pakistan Standard Time": "PKT",
  "Hong Kong Standard Time": "HKT",
  "China Standard Time": "CST",
  "Taipei Standard Time": "CST",
  "Taiwan Standard Time": "CST",
  "Japan Standard Time": "JST",
  "Korean Standard Time": "KST",
  "Western Indonesia Time": "WIB",
  "Central Indonesia Time": "WITA",
  "Eastern Indonesia Time": "WIT",
  "Philippine Standard Time": "PST",
  "Australian Western Standard Time": "AWST",
  "Australian Central Standard Time": "ACST",
  "Australian Central Daylight Time": "ACDT",
  "Australian Eastern Standard Time": "AEST",
  "Australian Eastern Daylight Time": "AEDT",
  "New Zealand Standard Time": "NZST",
  "New Zealand Daylight Time": "NZDT",
  "American Samoa Standard Time": "SST",
  "Chamorro Standard Time": "ChST",
  "Newfoundland Standard Time": "NST",
  "Newfoundland Daylight Time": "NDT",
  "Atlantic Standard Time": "AST",
  "Atlantic Daylight Time": "ADT",
  "Eastern Standard Time": "EST",
  "Eastern Daylight Time": "EDT",
  "Central Standard Time": "CST",
  "Central Daylight Time": "CDT",
  "Cuba Standard Time": "CST",
  "Cuba Daylight Time": "CDT",
  "Mexican Pacific Standard Time": "MST",
  "Mountain Standard Time": "MST",
  "Mountain Daylight Time": "MDT",
  "Yukon Time": "MST",
  "Pacific Standard Time": "PST",
  "Pacific Daylight Time": "PDT",
  "Alaska Standard Time": "AKST",
  "Alaska Daylight Time": "AKDT",
  "Hawaii-Aleutian Standard Time": "HST",
  "Hawaii-Aleutian Daylight Time": "HDT",
};
