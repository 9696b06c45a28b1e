/** Chooses the region for a visitor by country or time zone. */
import type { Region } from '@firstword/shared/catalog';

/** ISO 3166-1 alpha-2 codes nearer to Singapore than to Ohio or Frankfurt, by the usual cloud latency maps. */
const ASIA =
  'AU BD BN BT CN FJ HK ID IN JP KH KM KR LA LK MG MM MN MO MU MV MY NC NP NZ PG PH PK RE SC SG TH TL TW VN YT'.split(
    ' ',
  );
/** Nearest to Frankfurt: Europe, Africa, the Middle East and Central Asia. */
const EUROPE = [
  'AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT',
  'NL NO PL PT RO RS RU SE SI SJ SK SM TR UA VA XK AE AF AM AZ BH GE IL IQ IR JO KG KW KZ LB OM PS QA SA SY TJ TM UZ YE',
  'AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE LR LS LY MA ML MR MW MZ NA NE NG RW SD SL',
  'SN SO SS ST SZ TD TG TN TZ UG ZA ZM ZW',
].flatMap((codes) => codes.split(' '));
const COUNTRY_REGIONS = new Map<string, Region>([
  ...ASIA.map((country) => [country, 'asia'] as const),
  ...EUROPE.map((country) => [country, 'eu'] as const),
]);

/** Headers in which common proxies and networks name the visitor's country. */
const COUNTRY_HEADERS = ['cf-ipcountry', 'cloudfront-viewer-country', 'x-vercel-ip-country', 'x-country-code'];

/** @param headers of a request that came through a trusted proxy; anyone else can write what they like */
export function countryOf(headers: Readonly<Record<string, unknown>>): string | undefined {
  const country = COUNTRY_HEADERS.map((name) => headers[name]).find(Boolean);
  return typeof country === 'string' ? country : undefined;
}

export interface VisitorPlace {
  /** From the header of a trusted proxy; undefined without one. */
  readonly country?: string | undefined;
  /** IANA name reported by the browser. */
  readonly timeZone?: string | undefined;
}

/** Which visitors belong to a region that the site owner has named. */
export interface RegionRule {
  /** ISO 3166-1 alpha-2 codes in capitals. */
  readonly countries: readonly string[];
  /** IANA names, or areas that end with `/`. */
  readonly timeZones: readonly string[];
}
export type RegionRules = Readonly<Record<Region, RegionRule>>;

/** By country, otherwise by time zone, otherwise the default. The owner's rules come before the built-in ones. */
export function regionOf({ country, timeZone }: VisitorPlace, fallback: Region, rules: RegionRules = {}): Region {
  const owned = (matches: (rule: RegionRule) => boolean) =>
    Object.entries(rules).find(([, rule]) => matches(rule))?.[0];
  if (country !== undefined && /^[A-Za-z]{2}$/.test(country)) {
    const code = country.toUpperCase();
    return owned(({ countries }) => countries.includes(code)) ?? COUNTRY_REGIONS.get(code) ?? 'us-east';
  }
  if (timeZone === undefined || !timeZone.includes('/')) return fallback;
  const isIn = (name: string) => (name.endsWith('/') ? timeZone.startsWith(name) : timeZone === name);
  return owned(({ timeZones }) => timeZones.some(isIn)) ?? regionOfTimeZone(timeZone);
}

function regionOfTimeZone(timeZone: string): Region {
  if (/^(Europe|Africa|Arctic)\//.test(timeZone) || NEAR_EUROPE.has(timeZone)) return 'eu';
  if (/^(Asia|Australia|Indian)\//.test(timeZone) || PACIFIC_ASIA.has(timeZone)) return 'asia';
  return 'us-east';
}

const zones = (area: string, names: string) => names.split(' ').map((name) => `${area}/${name}`);
const NEAR_EUROPE = new Set([
  ...zones('Atlantic', 'Azores Canary Cape_Verde Faeroe Faroe Madeira Reykjavik'),
  ...zones('Asia', 'Aden Almaty Amman Aqtau Aqtobe Ashgabat Atyrau Baghdad Bahrain Baku Beirut Bishkek Damascus Dubai'),
  ...zones(
    'Asia',
    'Dushanbe Famagusta Gaza Hebron Jerusalem Kabul Kuwait Muscat Nicosia Oral Qatar Qostanay Qyzylorda',
  ),
  ...zones('Asia', 'Riyadh Samarkand Tashkent Tbilisi Tehran Tel_Aviv Yekaterinburg Yerevan'),
]);
const PACIFIC_ASIA = new Set(zones('Pacific', 'Auckland Chatham Fiji Guam Noumea Palau Port_Moresby Saipan'));
