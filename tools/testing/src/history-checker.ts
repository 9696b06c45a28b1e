/** Checks guarantees P1 to P4 for a whole run, from what its clients sent, got acknowledged and received. */
import { createHash } from 'node:crypto';

export interface SeenMessage {
  readonly seq: number;
  readonly id: string;
  readonly text: string;
}

export interface History {
  sent(conversationId: string, id: string, text: string): void;
  acknowledged(conversationId: string, id: string, seq: number): void;
  /** The messages that a client has in the end. All clients of a conversation must have the same. */
  viewed(conversationId: string, messages: readonly SeenMessage[]): void;
  /** An answer as built from deltas, and as stored. */
  streamed(turnId: string, fromDeltas: string, stored: string): void;
  /** Number of acknowledged messages. */
  acks(): number;
  /** One line per violation, beginning with the guarantee's name. */
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
