/** The units that Grafana knows. https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/valueFormats/categories.ts */

const GROUPS: Readonly<Record<string, string>> = {
  plain: "none string short locale sci hex hex0x pixel humidity dB",
  ratio: "percentunit",
  percent: "percent",
  seconds: "s dtdurations clocks dthms dtdhms",
  milliseconds: "ms dtdurationms clockms",
  "other times": "ns µs m h d timeticks",
  dates:
    "dateTimeAsIso dateTimeAsIsoNoDateIfToday dateTimeAsUS dateTimeAsUSNoDateIfToday dateTimeAsLocal dateTimeAsLocalNoDateIfToday dateTimeAsSystem dateTimeFromNow",
  bytes: "bytes decbytes",
  bits: "bits decbits",
  "larger sizes": "kbytes deckbytes mbytes decmbytes gbytes decgbytes tbytes dectbytes pbytes decpbytes",
  "bytes per second": "binBps Bps",
  "bits per second": "binbps bps",
  "larger data rates":
    "KiBs Kibits KBs Kbits MiBs Mibits MBs Mbits GiBs Gibits GBs Gbits TiBs Tibits TBs Tbits PiBs Pibits PBs Pbits",
  throughput: "cps ops reqps rps wps iops eps pps mps cpm opm rpm wpm epm mpm",
  boolean: "bool bool_yes_no bool_on_off",
  temperature: "celsius fahrenheit kelvin",
  frequency: "hertz rothz rotrpm rotrads rotdegs",
  computation: "flops mflops gflops tflops pflops eflops zflops yflops Hs KHs MHs GHs THs PHs EHs",
  acceleration: "accMS2 accFS2 accG degree radian grad arcmin arcsec areaM2 areaF2 areaMI2",
  concentration: "ppm conppb conngm3 conngNm3 conμgm3 conμgNm3 conmgm3 conmgNm3 congm3 congNm3 conmgdL conmmolL",
  currency:
    "currencyUSD currencyGBP currencyEUR currencyJPY currencyRUB currencyUAH currencyBRL currencyDKK currencyISK currencyNOK currencySEK currencyCZK currencyCHF currencyPLN currencyBTC currencymBTC currencyμBTC currencyZAR currencyINR currencyKRW currencyIDR currencyPHP currencyVND currencyTRY currencyMYR currencyXPF currencyBGN currencyPYG currencyUYU currencyILS",
  energy:
    "watt kwatt megwatt gwatt mwatt Wm2 voltamp kvoltamp voltampreact kvoltampreact watth watthperkg kwatth kwattm amph kamph mamph joule ev amp kamp mamp volt kvolt mvolt dBm ohm kohm Mohm farad µfarad nfarad pfarad ffarad henry mhenry µhenry lumens",
  flow: "flowgpm flowcms flowcfs flowcfm litreh flowlpm flowmlpm lux forceNm forcekNm forceN forcekN",
  mass: "massmg massg masslb masskg masst lengthmm lengthcm lengthin lengthft lengthm lengthkm lengthmi",
  pressure: "pressurembar pressurebar pressurekbar pressurepa pressurehpa pressurekpa pressurehg pressurepsi",
  radiation: "radbq radci radgy radrad radsv radmsv radusv radrem radexpckg radr radsvh radmsvh radusvh",
  velocity: "velocityms velocitykmh velocitymph velocityknot mlitre litre m3 Nm3 dm3 gallons",
};

const GROUP_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(GROUPS).flatMap(([group, units]) => units.split(" ").map((unit) => [unit, group] as const)),
);

/** Whether Grafana knows a unit, or makes one of it: `currency:€`, `suffix: items`. */
export function isGrafanaUnit(unit: string): boolean {
  return GROUP_OF.has(unit) || /^(?:prefix|suffix|currency|time|si|count|bool):/.test(unit);
}

/** Groups of which one cannot stand for another without a calculation. */
const MEASURES: ReadonlySet<string> = new Set([
  "ratio",
  "percent",
  "seconds",
  "milliseconds",
  "other times",
  "dates",
  "bytes",
  "bits",
  "larger sizes",
  "bytes per second",
  "bits per second",
  "larger data rates",
  "temperature",
]);

/** Whether a panel's unit says something else than the unit of the values. */
export function contradicts(shown: string, actual: string): boolean {
  const [a, b] = [GROUP_OF.get(shown), GROUP_OF.get(actual)];
  if (a === undefined || b === undefined || a === b) return false;
  // A rate of seconds is a share of time, and also so many seconds in each second.
  if (actual === "percentunit" && a === "seconds") return false;
  return MEASURES.has(a) && MEASURES.has(b);
}
