/** Chooses the region for a visitor by country or time zone. */
import type { Region } from '@firstword/shared/catalog';

/** ISO 3166-1 alpha-2 codes nearer to Singapore than to Ohio, by the usual cloud latency maps. */
const ASIA_COUNTRIES = new Set(
  'AU BD BN BT CN FJ HK ID IN JP KH KR LA LK MM MN MO MV MY NC NP NZ PG PH PK SG TH TL TW VN'.split(' '),
);

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

/** By country, otherwise by time zone, otherwise the default. */
export function regionOf({ country, timeZone }: VisitorPlace, fallback: Region): Region {
  if (country !== undefined && /^[A-Za-z]{2}$/.test(country))
    return ASIA_COUNTRIES.has(country.toUpperCase()) ? 'asia' : 'us-east';
  if (timeZone === undefined || !timeZone.includes('/')) return fallback;
  if (/^(Australia|Indian)\//.test(timeZone)) return 'asia';
  if (timeZone.startsWith('Asia/')) return NEARER_TO_EUROPE.has(timeZone) ? 'us-east' : 'asia';
  return PACIFIC_ASIA.has(timeZone) ? 'asia' : 'us-east';
}

const NEARER_TO_EUROPE = new Set([
  'Asia/Jerusalem',
  'Asia/Beirut',
  'Asia/Nicosia',
  'Asia/Amman',
  'Asia/Damascus',
  'Asia/Gaza',
  'Asia/Hebron',
  'Asia/Tbilisi',
  'Asia/Yerevan',
  'Asia/Baghdad',
]);
const PACIFIC_ASIA = new Set([
  'Pacific/Auckland',
  'Pacific/Fiji',
  'Pacific/Guam',
  'Pacific/Noumea',
  'Pacific/Port_Moresby',
  'Pacific/Palau',
  'Pacific/Saipan',
  'Pacific/Chatham',
]);
