/** Joins adjacent texts, so that tokens that arrive together are sent together. Pure. */
import type { ChunkEvent } from './chat-chunk.ts';

/** Longest joined text, so that the limit on an answer's size applies in small steps. */
const MAX_CHARS = 256;

export function joinTexts(events: readonly ChunkEvent[]): readonly ChunkEvent[] {
  if (events.length < 2) return events;
  const joined: ChunkEvent[] = [];
  for (const event of events) {
    const last = joined.at(-1);
    if (event.type === 'text' && last?.type === 'text' && last.text.length + event.text.length <= MAX_CHARS)
      joined[joined.length - 1] = { type: 'text', text: last.text + event.text };
    else joined.push(event);
  }
  return joined;
}
