/**
 * Finds what the parser leaves in running text: mail addresses, with `mailto:` or in angle brackets, too, and web addresses
 * that follow no space, such as `<https://…>`, `"https://…"` or one in the middle of a Chinese sentence. Pure.
 */
import { bareAddress } from '@firstword/shared/bare-address';

export interface TextAddress {
  /** Where it begins in the text, and how much of the text it replaces. */
  start: number;
  length: number;
  /** What is shown. */
  shown: string;
  href: string;
}

const SCHEME = /(?<![\w/])https?:\/\/(?=[^\s/])/gi;
/** Bounded, so that no text takes long. */
const ADDRESS_MAX = 2000;
/** Plain Latin letters only: text in other scripts continues without a space. Bounded, so that no text takes long. */
const MAIL =
  /(?<![\w.%+-])(<?)(mailto:)?([\w.%+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24})(?![\w-])(\?[\w=&%.+-]*[\w=&%+-])?(>?)/gi;

function mailAddresses(text: string): TextAddress[] {
  if (!text.includes('@')) return [];
  return [...text.matchAll(MAIL)].map((found) => {
    const { index, 0: written, 1: opening = '', 2: scheme, 3: address = '', 4: query = '', 5: closing } = found;
    const bracketed = opening !== '' && closing !== '';
    // A query belongs to an address only where a scheme says so; otherwise it ends the sentence.
    const asked = scheme === undefined ? '' : query;
    return {
      start: index + (bracketed ? 0 : opening.length),
      length: bracketed ? written.length : (scheme ?? '').length + address.length + asked.length,
      shown: address,
      href: `mailto:${address}${asked}`,
    };
  });
}

function webAddresses(text: string): TextAddress[] {
  const found: TextAddress[] = [];
  let end = 0;
  for (const { index, 0: scheme } of text.matchAll(SCHEME)) {
    if (index < end) continue;
    const href = bareAddress(text.slice(index, index + ADDRESS_MAX));
    end = index + Math.max(scheme.length, href.length);
    if (href.length <= scheme.length) continue;
    const bracketed = text[index - 1] === '<' && text[end] === '>';
    found.push({
      start: bracketed ? index - 1 : index,
      length: href.length + (bracketed ? 2 : 0),
      shown: href,
      href,
    });
  }
  return found;
}

/** In the order of the text; none overlaps another. */
export function textAddresses(text: string): TextAddress[] {
  const web = webAddresses(text);
  const isInside = ({ start }: TextAddress) =>
    web.some((other) => start >= other.start && start < other.start + other.length);
  return [...web, ...mailAddresses(text).filter((address) => !isInside(address))].sort(
    (one, other) => one.start - other.start,
  );
}
