/** Neighbouring texts become one: tokens that came together need not be sent on one by one. Pure. */
import type { ChunkEvent } from './chat-chunk.ts';

/** Larger texts stay apart, so that caps on an answer's size bite in small steps. */
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
