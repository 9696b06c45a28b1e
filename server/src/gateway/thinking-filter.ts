/**
 * Removes inline thinking from an answer's text, however the text is split: `<think>…</think>` and similar tags, and the
 * channels of the harmony format. Nothing of it may be shown, stored, cached or sent back.
 */
import type { ChunkEvent } from './chat-chunk.ts';
import { type Marker, markerAt } from './thinking-markers.ts';

export interface ThinkingFilter {
  /** The same events with thinking as `reasoning`; the same array when nothing had to change. */
  apply(events: readonly ChunkEvent[]): readonly ChunkEvent[];
  /** Text that may still have become a marker, and all of an answer that was held and never closed its thinking. */
  end(): readonly ChunkEvent[];
  /** Whether thinking ended that had no beginning: the model's chat template opens it in the prompt. */
  hadUnopenedThinking(): boolean;
}

type Mode = 'text' | 'thinking' | 'header' | 'role';

const MARKER_START = /[<[◁]/g;
const NOTHING: readonly ChunkEvent[] = [];

/**
 * Whether the text before a first closing marker is thinking, so that it is held until one or the end comes. `perhaps`:
 * the model thinks, but its endpoint may leave that out. `surely`: this was seen, so text that was cut off before a
 * marker is no answer.
 */
export type OpensInThinking = 'no' | 'perhaps' | 'surely';

export function createThinkingFilter({ opensInThinking }: { opensInThinking: OpensInThinking }): ThinkingFilter {
  let mode: Mode = 'text';
  /** The beginning of a marker whose rest has not arrived. */
  let tail = '';
  /** The name of a harmony channel, up to `<|message|>`. */
  let header = '';
  let previous = '';
  let holding = opensInThinking !== 'no';
  let held = '';
  let hasText = false;
  /** Blanks before the first visible character. After thinking they are none of the answer's. */
  let lead = '';
  let hadThinking = false;
  let hadUnopened = false;
  /** The text so far was thinking. Acted on with the next text, because a stray marker may end a whole answer. */
  let mustRetract = false;
  let out: ChunkEvent[] = [];

  function addText(text: string): void {
    if (hasText && !mustRetract) return void out.push({ type: 'text', text });
    const visible = text.trimStart();
    if (visible === '') {
      lead += text;
      return;
    }
    if (mustRetract) out.push({ type: 'retract' });
    out.push({ type: 'text', text: hadThinking ? visible : lead + text });
    mustRetract = false;
    hasText = true;
    lead = '';
  }

  function add(text: string): void {
    if (text === '') return;
    previous = text.at(-1) ?? '';
    if (mode === 'header') header += text;
    else if (mode === 'role') endRole(text);
    else if (mode === 'thinking') out.push({ type: 'reasoning', text });
    else if (holding) {
      held += text;
      out.push({ type: 'reasoning', text }); // keeps the call's timeouts going
    } else addText(text);
  }

  /** Drops the role that follows the beginning of a message, up to the end of its line. */
  function endRole(text: string): void {
    const end = text.indexOf('\n');
    if (end < 0) return;
    mode = 'text';
    add(text.slice(end + 1));
  }

  function closeUnopened(): void {
    hadUnopened = true;
    if (holding) held = '';
    else mustRetract = hasText;
    holding = false;
  }

  function takeMarker({ kind }: Marker): void {
    if (kind !== 'end') hadThinking = true;
    switch (kind) {
      case 'turn':
        // A model that goes on after its answer invents the visitor's next message.
        mode = hasText ? 'thinking' : 'role';
        break;
      case 'open':
        release();
        mode = 'thinking';
        break;
      case 'close':
        if (mode === 'text') closeUnopened();
        mode = 'text';
        break;
      case 'header':
        mode = 'header';
        header = '';
        break;
      case 'message':
        mode = /^\s*(final|assistant|$)/i.test(header) ? 'text' : 'thinking';
        holding &&= mode === 'text';
        break;
      case 'end':
      case 'frame':
        mode = 'text';
    }
  }

  function push(text: string): void {
    const all = tail + text;
    tail = '';
    let from = 0;
    for (let at = nextStart(all, 0); at >= 0; at = nextStart(all, at)) {
      const marker = markerAt(all, at);
      if (marker === 'partial') {
        add(all.slice(from, at));
        tail = all.slice(at);
        return;
      }
      const before = at > from ? all[at - 1] : previous;
      const isText = marker?.kind === 'frame' ? !hadThinking : before === '`' && mode === 'text';
      if (marker === undefined || isText) {
        at += 1;
        continue;
      }
      add(all.slice(from, at));
      takeMarker(marker);
      at += marker.length;
      from = at;
      previous = '>';
    }
    add(all.slice(from));
  }

  function flush(): void {
    const rest = tail;
    tail = '';
    add(rest);
  }

  function release(): void {
    flush();
    holding = false;
    const text = held;
    held = '';
    if (text !== '') addText(text);
  }

  const isPlain = (text: string) =>
    mode === 'text' && tail === '' && hasText && !holding && !mustRetract && nextStart(text, 0) < 0;

  function taken(): readonly ChunkEvent[] {
    if (out.length === 0) return NOTHING;
    const complete = out;
    out = [];
    return complete;
  }

  return {
    apply(events) {
      if (events.every((event) => event.type !== 'text' || isPlain(event.text)) && tail === '' && held === '') {
        const last = events.findLast(({ type }) => type === 'text');
        if (last?.type === 'text') previous = last.text.at(-1) ?? '';
        return events;
      }
      for (const event of events) {
        if (event.type === 'text') push(event.text);
        else {
          if (event.type === 'finish') {
            flush();
            if (event.reason === 'shortened' && opensInThinking === 'surely' && holding) held = '';
          }
          // Nothing follows, or thinking comes in a field of its own: the text is none.
          if (event.type === 'done' || event.type === 'reasoning' || (event.type === 'usage' && event.alone)) release();
          out.push(event);
        }
      }
      return taken();
    },
    end() {
      release();
      return taken();
    },
    hadUnopenedThinking: () => hadUnopened,
  };
}

function nextStart(text: string, from: number): number {
  MARKER_START.lastIndex = from;
  return MARKER_START.exec(text)?.index ?? -1;
}
