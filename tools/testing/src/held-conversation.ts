/** A client's copy of its conversation: messages without gaps, and each turn's text from its deltas in order. */
import type { Delta, Message, TurnEndState, TurnEvent, TurnSnapshot } from '@firstword/shared/wire';

interface HeldTurn {
  text: string;
  lastDelta: number;
  state: TurnEndState | undefined;
}

export interface HeldConversation {
  readonly messages: ReadonlyMap<number, Message>;
  /** The `seq` of the last message before the first gap. */
  lastSeq(): number;
  turn(turnId: string): Readonly<HeldTurn>;
  /** The id of the turn that answers a message. */
  turnOf(messageSeq: number): string | undefined;
  answeredBy(messageSeq: number, turnId: string): void;
  keepMessage(message: Message): void;
  keepTurn(snapshot: TurnSnapshot): void;
  /** Returns false if earlier deltas are missing. */
  keepEvent(event: TurnEvent): boolean;
  clear(): void;
}

/** @param onDelta called after each delta that was applied */
export function createHeldConversation(onDelta: (n: number) => void): HeldConversation {
  const messages = new Map<number, Message>();
  const turns = new Map<string, HeldTurn>();
  const byQuestion = new Map<number, string>();

  const turn = (turnId: string): HeldTurn => {
    const held = turns.get(turnId) ?? { text: '', lastDelta: 0, state: undefined };
    turns.set(turnId, held);
    return held;
  };
  const apply = (turnId: string, { n, text, replaces }: Delta) => {
    const held = turn(turnId);
    if (n !== held.lastDelta + 1) return;
    held.lastDelta = n;
    held.text = replaces ? text : held.text + text;
    onDelta(n);
  };

  return {
    messages,
    lastSeq() {
      let seq = 0;
      while (messages.has(seq + 1)) seq += 1;
      return seq;
    },
    turn,
    turnOf: (messageSeq) => byQuestion.get(messageSeq),
    answeredBy: (messageSeq, turnId) => void byQuestion.set(messageSeq, turnId),
    keepMessage(message) {
      messages.set(message.seq, message);
      if (message.turnId === undefined) return;
      turn(message.turnId).state ??= message.state ?? 'done';
      // After a resync, only the order of messages shows which question an answer belongs to.
      const question = message.seq - 1;
      if (messages.get(question)?.from === 'visitor' && !byQuestion.has(question))
        byQuestion.set(question, message.turnId);
    },
    keepTurn({ turnId, messageSeq, deltas, state }) {
      byQuestion.set(messageSeq, turnId);
      for (const delta of deltas) apply(turnId, delta);
      if (state !== 'running') turn(turnId).state = state;
    },
    keepEvent(event) {
      if (event.type === 'turn-start') byQuestion.set(event.messageSeq, event.turnId);
      if (event.type === 'turn-end') turn(event.turnId).state = event.state;
      if (event.type !== 'text-delta') return true;
      if (event.n > turn(event.turnId).lastDelta + 1) return false;
      apply(event.turnId, event);
      return true;
    },
    clear() {
      messages.clear();
      turns.clear();
      byQuestion.clear();
    },
  };
}
