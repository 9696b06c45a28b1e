/** From what is known of a visitor to the region that serves them. */
import type { Region } from '@firstword/shared/catalog';

/** ISO 3166-1 alpha-2 codes nearer to Singapore than to Ohio, by the usual cloud latency maps. */
const ASIA_COUNTRIES = new Set(
  'AU BD BN BT CN FJ HK ID IN JP KH KR LA LK MM MN MO MV MY NC NP NZ PG PH PK SG TH TL TW VN'.split(' '),
);

export interface VisitorPlace {
  /** From a trusted proxy's header; undefined where no proxy is trusted. */
  readonly country?: string | undefined;
  /** IANA name that the browser reported. */
  readonly timeZone?: string | undefined;
}

/** Country first, else the browser's time zone, else the default. */
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
