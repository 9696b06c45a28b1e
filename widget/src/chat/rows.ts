/** Orders messages, running answers and unsent messages for display. Pure. */
import type { Message } from '@firstword/shared/wire';
import type { ChatState, Outgoing, Turn } from './chat-state.ts';

export type Row =
  | { kind: 'message'; key: string; message: Message }
  | { kind: 'outgoing'; key: string; outgoing: Outgoing }
  /** An answer keeps its key from first token to stored message, so that its text is drawn once. */
  | { kind: 'answer'; key: string; text: string; turn?: Turn; message?: Message; superseded?: boolean };

function messageRow(message: Message): Row {
  if (message.from !== 'assistant') return { kind: 'message', key: message.id, message };
  return { kind: 'answer', key: message.turnId ?? message.id, text: message.text, message };
}

export function rows(state: ChatState): Row[] {
  const stored = new Set(state.messages.map(({ turnId }) => turnId));
  const open = state.turns.filter(({ turnId, messageSeq }, index) => {
    const tried = state.turns.some((later, at) => at > index && messageSeq > 0 && later.messageSeq === messageSeq);
    return !stored.has(turnId) && !tried;
  });
  const { opening } = state;
  const list = state.messages.map(messageRow);
  const outgoing = state.outgoing.map((each): Row => ({ kind: 'outgoing', key: each.id, outgoing: each }));
  const lastSeq = state.messages.at(-1)?.seq ?? 0;
  // Until the stored one is here, which may come after the acknowledgement of the message that it was sent with.
  if (opening && state.firstSeq === 1 && state.messages[0]?.seq !== 1 && list.length + outgoing.length > 0)
    list.unshift({ kind: 'answer', key: opening.id, text: opening.text });
  for (const turn of open) {
    const row: Row = { kind: 'answer', key: turn.turnId, text: turn.text, turn };
    // The turn may start before its message is acknowledged: that message is then the first unsent one.
    if (turn.messageSeq > lastSeq && outgoing.length > 0) {
      list.push(...outgoing.splice(0, 1), row);
      continue;
    }
    const after = state.messages.find(
      ({ seq, from }) => seq > turn.messageSeq && from === 'visitor' && turn.messageSeq > 0,
    );
    const at = after ? list.findIndex(({ key }) => key === after.id) : -1;
    if (at === -1) list.push(row);
    else list.splice(at, 0, row);
  }
  return [...list, ...outgoing].flatMap(withoutSuperseded);
}

/** A stopped answer right before the visitor's next message was replaced by it: it needs no note, and no row if it is empty. */
function withoutSuperseded(row: Row, at: number, all: readonly Row[]): Row[] {
  if (row.kind !== 'answer' || (row.message?.state ?? row.turn?.state) !== 'stopped') return [row];
  const next = all[at + 1];
  const superseded = next?.kind === 'outgoing' || (next?.kind === 'message' && next.message.from === 'visitor');
  if (!superseded) return [row];
  return row.text === '' ? [] : [{ ...row, superseded }];
}

/** True until the first text of the awaited answer arrives. */
export function awaitsFirstToken(state: ChatState): boolean {
  if (state.turns.some((turn) => turn.state === 'running')) {
    return state.turns.some((turn) => turn.state === 'running' && turn.text === '');
  }
  const sending = state.outgoing.some(({ status }) => status === 'pending');
  return sending && state.connection.kind === 'online' && state.responder.responder === 'assistant';
}
