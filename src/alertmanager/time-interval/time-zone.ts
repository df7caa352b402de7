/** Time zones: which names there are, and how far a zone's clocks are from UTC at an instant. */

/** What Intl knows as the same as another zone and therefore does not list. */
const LINKS = `Africa/Asmara Africa/Timbuktu America/Argentina/Buenos_Aires America/Argentina/Catamarca
America/Argentina/ComodRivadavia America/Argentina/Cordoba America/Argentina/Jujuy America/Argentina/Mendoza America/Atikokan
America/Atka America/Ensenada America/Fort_Wayne America/Indiana/Indianapolis America/Kentucky/Louisville America/Knox_IN
America/Montreal America/Nipigon America/Nuuk America/Pangnirtung America/Porto_Acre America/Rainy_River America/Rosario
America/Santa_Isabel America/Shiprock America/Thunder_Bay America/Virgin America/Yellowknife Antarctica/South_Pole
Asia/Ashkhabad Asia/Choibalsan Asia/Chongqing Asia/Chungking Asia/Dacca Asia/Harbin Asia/Ho_Chi_Minh Asia/Istanbul
Asia/Kashgar Asia/Kathmandu Asia/Kolkata Asia/Macao Asia/Tel_Aviv Asia/Thimbu Asia/Ujung_Pandang Asia/Ulan_Bator Asia/Yangon
Atlantic/Faroe Atlantic/Jan_Mayen Australia/ACT Australia/Canberra Australia/Currie Australia/LHI Australia/NSW
Australia/North Australia/Queensland Australia/South Australia/Tasmania Australia/Victoria Australia/West
Australia/Yancowinna Brazil/Acre Brazil/DeNoronha Brazil/East Brazil/West CET CST6CDT Canada/Atlantic Canada/Central
Canada/Eastern Canada/Mountain Canada/Newfoundland Canada/Pacific Canada/Saskatchewan Canada/Yukon Chile/Continental
Chile/EasterIsland Cuba EET EST EST5EDT Egypt Eire Etc/GMT Etc/GMT+0 Etc/GMT+1 Etc/GMT+10 Etc/GMT+11 Etc/GMT+12 Etc/GMT+2
Etc/GMT+3 Etc/GMT+4 Etc/GMT+5 Etc/GMT+6 Etc/GMT+7 Etc/GMT+8 Etc/GMT+9 Etc/GMT-0 Etc/GMT-1 Etc/GMT-10 Etc/GMT-11 Etc/GMT-12
Etc/GMT-13 Etc/GMT-14 Etc/GMT-2 Etc/GMT-3 Etc/GMT-4 Etc/GMT-5 Etc/GMT-6 Etc/GMT-7 Etc/GMT-8 Etc/GMT-9 Etc/GMT0
Etc/Greenwich Etc/UCT Etc/UTC Etc/Universal Etc/Zulu Europe/Belfast Europe/Kyiv Europe/Nicosia Europe/Tiraspol
Europe/Uzhgorod Europe/Zaporozhye GB GB-Eire GMT GMT+0 GMT-0 GMT0 Greenwich HST Hongkong Iceland Iran Israel Jamaica Japan
Kwajalein Libya MET MST MST7MDT Mexico/BajaNorte Mexico/BajaSur Mexico/General NZ NZ-CHAT Navajo PRC PST8PDT Pacific/Chuuk
Pacific/Johnston Pacific/Kanton Pacific/Pohnpei Pacific/Samoa Pacific/Yap Poland Portugal ROC ROK Singapore Turkey UCT
US/Alaska US/Aleutian US/Arizona US/Central US/East-Indiana US/Eastern US/Hawaii US/Indiana-Starke US/Michigan US/Mountain
US/Pacific US/Samoa UTC Universal W-SU WET Zulu`;

let known: ReadonlySet<string> | undefined;

/** Every name a zone may have. Case matters, as it does for Go on Linux. */
export function timeZones(): ReadonlySet<string> {
  known ??= new Set([...Intl.supportedValuesOf("timeZone"), ...LINKS.split(/\s+/)]);
  return known;
}

/** Whether Alertmanager knows a zone. `Local`, the zone of its machine, is taken for UTC here. */
export function isTimeZone(name: string): boolean {
  return name === "" || name === "UTC" || name === "Local" || timeZones().has(name.replace(/^(?:posix|right)\//, ""));
}

/** A stretch of time without a change of the clocks. */
interface Segment {
  readonly from: number;
  readonly to: number;
  /** Milliseconds to add to UTC. */
  readonly offset: number;
}

const WEEK = 604_800_000;
const zones = new Map<string, ZoneClock>();

/** Milliseconds to add to UTC to get the local time of a zone. */
export function zoneOffset(zone: string | undefined, ms: number): number {
  if (zone === undefined || zone === "" || zone === "UTC" || zone === "Local") return 0;
  return clockOf(zone).at(ms).offset;
}

/** The next instant after `ms` at which a zone's clocks change, as far as a year ahead. */
export function nextOffsetChange(zone: string | undefined, ms: number): number | undefined {
  if (zone === undefined || zone === "" || zone === "UTC" || zone === "Local") return undefined;
  const clock = clockOf(zone);
  const first = clock.at(ms);
  let segment = first;
  while (segment.offset === first.offset && segment.to < ms + 53 * WEEK) segment = clock.at(segment.to);
  return segment.offset === first.offset ? undefined : segment.from;
}

function clockOf(zone: string): ZoneClock {
  let clock = zones.get(zone);
  if (clock === undefined) {
    clock = new ZoneClock(zone.replace(/^(?:posix|right)\//, ""));
    zones.set(zone, clock);
  }
  return clock;
}

/** The offsets of one zone. Asking Intl takes ten microseconds, so each year is asked for once, and its changes kept. */
class ZoneClock {
  readonly #format: Intl.DateTimeFormat;
  readonly #years = new Map<number, readonly Segment[]>();
  #last: Segment = { from: 0, to: 0, offset: 0 };

  constructor(zone: string) {
    this.#format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  }

  at(ms: number): Segment {
    if (ms >= this.#last.from && ms < this.#last.to) return this.#last;
    const year = new Date(ms).getUTCFullYear();
    let segments = this.#years.get(year);
    if (segments === undefined) {
      segments = this.#segmentsOf(year);
      this.#years.set(year, segments);
    }
    this.#last = segments.find(({ to }) => ms < to) ?? (segments.at(-1) as Segment);
    return this.#last;
  }

  // No zone changes its clocks twice within a week.
  #segmentsOf(year: number): readonly Segment[] {
    const end = Date.UTC(year + 1, 0, 1);
    const segments: Segment[] = [];
    let from = Date.UTC(year, 0, 1);
    let offset = this.#ask(from);
    for (let at = from; at < end; at += WEEK) {
      const next = Math.min(at + WEEK, end);
      const then = this.#ask(next);
      if (then === offset) continue;
      const change = this.#change(at, next, offset);
      if (change >= end) continue;
      segments.push({ from, to: change, offset });
      from = change;
      offset = then;
    }
    segments.push({ from, to: end, offset });
    return segments;
  }

  /** The first instant, to the second, at which the offset is no longer `before`. */
  #change(low: number, high: number, before: number): number {
    let from = low / 1000;
    let to = high / 1000;
    while (to - from > 1) {
      const middle = Math.floor((from + to) / 2);
      if (this.#ask(middle * 1000) === before) from = middle;
      else to = middle;
    }
    return to * 1000;
  }

  #ask(ms: number): number {
    const part: Record<string, number> = {};
    let era = 1;
    for (const { type, value } of this.#format.formatToParts(ms)) {
      if (type === "era") era = value.startsWith("B") ? -1 : 1;
      else part[type] = Number(value);
    }
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(era === 1 ? year : 1 - year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000;
  }
}
