/** Reads sitemaps: XML, compressed XML, an index of further ones, or a list of URLs. */
import { gunzipSync } from 'node:zlib';
import sax from 'sax';
import { decodeText } from '../lib/decode-text.ts';
import { phrase } from '../lib/phrase.ts';
import { UnreadableError } from './unreadable-error.ts';

export interface Sitemap {
  readonly links: readonly string[];
  readonly sitemaps: readonly string[];
}

/** The limit of sitemaps.org. */
const MAX_BYTES = 50 * 1024 * 1024;

/** @throws UnreadableError when it is not a sitemap */
export function parseSitemap(bytes: Uint8Array, url: string): Sitemap {
  const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const text = decodeText(isCompressed ? gunzipSync(bytes, { maxOutputLength: MAX_BYTES }) : bytes);
  return /^\s*</.test(text.replace(/^\uFEFF/, '')) ? parseXml(text) : parseList(text, url);
}

function parseXml(text: string): Sitemap {
  const links: string[] = [];
  const sitemaps: string[] = [];
  const path: string[] = [];
  let location = '';
  // Not strict: one wrong character must not lose the other pages. Names are without their namespace prefix.
  const parser = sax.parser(false, { lowercase: true, trim: true });
  const nameOf = (name: string) => name.replace(/^.*:/, '');
  parser.onopentag = ({ name }) => {
    path.push(nameOf(name));
    location = '';
  };
  parser.ontext = parser.oncdata = (part) => {
    location += part;
  };
  parser.onclosetag = () => {
    const [parent, element] = path.slice(-2);
    path.pop();
    if (element !== 'loc') return;
    if (parent === 'url') links.push(location.trim());
    if (parent === 'sitemap') sitemaps.push(location.trim());
  };
  parser.onerror = () => parser.resume();
  parser.write(text).close();
  if (links.length === 0 && sitemaps.length === 0) throw new UnreadableError(phrase`is not a sitemap with pages`);
  return { links, sitemaps };
}

function parseList(text: string, url: string): Sitemap {
  const links = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => /^https?:\/\/\S+$/.test(line));
  if (links.length === 0)
    throw new UnreadableError(phrase`is not a sitemap: ${url} contains neither XML nor a list of URLs`);
  return { links, sitemaps: [] };
}
