/** Judges a whole run by what its clients sent, what was acknowledged to them, and what they saw: promises P1 to P4. */
import { createHash } from 'node:crypto';

export interface SeenMessage {
  readonly seq: number;
  readonly id: string;
  readonly text: string;
}

export interface History {
  sent(conversationId: string, id: string, text: string): void;
  acknowledged(conversationId: string, id: string, seq: number): void;
  /** What a viewer holds in the end; several viewers of one conversation must hold the same. */
  viewed(conversationId: string, messages: readonly SeenMessage[]): void;
  /** An answer as its deltas made it, and as it was stored. */
  streamed(turnId: string, fromDeltas: string, stored: string): void;
  /** Sends acknowledged so far. */
  acks(): number;
  /** One line for each breach, each beginning with the promise's name; empty when all were kept. */
  breaches(): string[];
}

export function createHistory(): History {
  const acks: { conversationId: string; id: string; seq: number }[] = [];
  const texts = new Map<string, string>();
  const views = new Map<string, SeenMessage[][]>();
  const streams: { turnId: string; fromDeltas: string; stored: string }[] = [];
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');

  function* found(): Generator<string> {
    for (const { conversationId, id, seq } of acks)
      for (const view of views.get(conversationId) ?? []) {
        const copies = view.filter((message) => message.id === id);
        if (copies.length === 0) yield `P1: ${id} was acknowledged as ${seq} and is not there`;
        if (copies.length > 1) yield `P2: ${id} is there ${copies.length} times`;
        const [copy] = copies;
        if (copy !== undefined && copy.seq !== seq) yield `P3: ${id} was acknowledged as ${seq} and is ${copy.seq}`;
        if (copy !== undefined && copy.text !== texts.get(id)) yield `P2: ${id} has another text than was sent`;
      }
    for (const [conversationId, [first = [], ...others]] of views) {
      const gap = first.findIndex(({ seq }, index) => seq !== index + 1);
      if (gap >= 0) yield `P3: ${conversationId} has ${first[gap]?.seq} where ${gap + 1} belongs`;
      for (const other of others)
        if (JSON.stringify(other) !== JSON.stringify(first)) yield `P3: two viewers of ${conversationId} differ`;
    }
    for (const { turnId, fromDeltas, stored } of streams)
      if (digest(fromDeltas) !== digest(stored))
        yield `P4: ${turnId} was streamed with ${fromDeltas.length} characters and stored with ${stored.length}`;
  }

  return {
    sent: (_conversationId, id, text) => void texts.set(id, text),
    acknowledged: (conversationId, id, seq) => void acks.push({ conversationId, id, seq }),
    viewed(conversationId, messages) {
      const view = messages.map(({ seq, id, text }) => ({ seq, id, text }));
      views.set(conversationId, [...(views.get(conversationId) ?? []), view]);
    },
    streamed: (turnId, fromDeltas, stored) => void streams.push({ turnId, fromDeltas, stored }),
    acks: () => acks.length,
    breaches: () => [...found()],
  };
}
