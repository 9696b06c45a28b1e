/** Says how far the agent who has a conversation has read it, while they can see it. */
import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Live } from './live.ts';
import type { OpenTicket } from './open-ticket.ts';

/** Returns what ends it. */
export function createReadNotice(
  live: Pick<Live, 'read'>,
  current: ReadonlySignal<OpenTicket | undefined>,
  agentId: string,
): () => void {
  const isVisible = signal(document.visibilityState === 'visible');
  const look = () => {
    isVisible.value = document.visibilityState === 'visible';
  };
  document.addEventListener('visibilitychange', look);
  let sent = { ticketId: '', seq: 0 };
  const stop = effect(() => {
    const { ticketId, detail } = current.value ?? {};
    const last = detail?.messages.findLast(({ from }) => from === 'visitor')?.seq ?? 0;
    if (!isVisible.value || ticketId === undefined || detail?.responder !== 'agent') return;
    if (detail.ticket.assignee?.id !== agentId) return;
    if (ticketId === sent.ticketId && last <= sent.seq) return;
    if (last > 0 && live.read(ticketId, last)) sent = { ticketId, seq: last };
  });
  return () => {
    stop();
    document.removeEventListener('visibilitychange', look);
  };
}
