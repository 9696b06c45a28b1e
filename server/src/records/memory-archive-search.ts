/** What a search of the archive in memory finds. It compares whole words, without stems. */
import type { ConversationSummary, FoundText } from '@firstword/shared/conversation-records';
import type { Message } from '@firstword/shared/wire';
import type { ConversationFilter } from './conversation-archive.ts';
import type { Archived } from './memory-archived.ts';
import { excerptOf } from './search-excerpt.ts';

export function hasTraits(
  { summary, profile, messages }: Archived,
  {
    rated,
    verified,
    unsupported,
    language,
  }: Pick<ConversationFilter, 'rated' | 'verified' | 'unsupported' | 'language'>,
): boolean {
  return (
    (rated === undefined || summary.ratings[rated] > 0) &&
    (verified === undefined || profile !== undefined) &&
    (unsupported === undefined || [...messages.values()].some((message) => message.unsupported !== undefined)) &&
    (language === undefined || summary.locale?.toLowerCase().split('-')[0] === language)
  );
}

export function isNamed({ name = '', email = '', id, visitorId = '' }: ConversationSummary, q: string): boolean {
  return `${name} ${email} ${id} ${visitorId}`.toLowerCase().includes(q.toLowerCase());
}

const folded = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const wordsOf = (text: string) => text.split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean);

export function hasWords(text: string, q: string): boolean {
  const words = new Set(wordsOf(text).map(folded));
  const asked = wordsOf(q).map(folded);
  return asked.length > 0 && asked.every((word) => words.has(word));
}

export function matchOf(messages: readonly Message[], q: string): FoundText | undefined {
  const found = messages.find(({ text }) => hasWords(text, q));
  if (found === undefined) return undefined;
  const asked = new Set(wordsOf(q).map(folded));
  const words = wordsOf(found.text).filter((word) => asked.has(folded(word)));
  const excerpt = excerptOf(found.text, { words, parts: [] });
  return excerpt === undefined ? undefined : { seq: found.seq, ...excerpt };
}
