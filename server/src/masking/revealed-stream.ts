/** Restores masked data in an answer while it streams. */
import type { ChatEvent } from '../gateway/chat-call.ts';
import type { Mask } from './mask.ts';

/** The beginning of a placeholder at the end of a text; its rest may be in the next one. */
const OPEN = /\[(?:[a-z][a-z-]{0,10}\d{0,5})?$/i;

/** Unchanged where nothing is masked, so that such an answer costs nothing. */
export function revealed(events: AsyncIterable<ChatEvent>, mask: Mask): AsyncIterable<ChatEvent> {
  return mask.found() === 0 ? events : reveal(events, mask);
}

async function* reveal(events: AsyncIterable<ChatEvent>, mask: Mask): AsyncGenerator<ChatEvent, void> {
  let held = '';
  for await (const event of events) {
    if (event.type === 'retract') held = '';
    if (event.type === 'end' && held !== '') yield { type: 'text', text: held };
    if (event.type !== 'text') {
      yield event;
      continue;
    }
    const text = mask.reveal(held + event.text);
    const open = text.search(OPEN);
    held = open < 0 ? '' : text.slice(open);
    if (open !== 0) yield { type: 'text', text: open < 0 ? text : text.slice(0, open) };
  }
}
