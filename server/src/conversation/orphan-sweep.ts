/** Ends turns whose process is gone, and asks again where no viewer can have seen a delta. */
import { randomUUID } from 'node:crypto';
import type { ConversationStore } from '../store/conversation-store.ts';
import type { LiveTurns } from './live-turns.ts';
import type { Sink } from './sink.ts';
import { readQuestion } from './stored-question.ts';
import type { TurnLog } from './turn-log.ts';
import type { TurnSite } from './turn-request.ts';
import type { TurnStart } from './turn-start.ts';

const SWEEP_BATCH = 50;

export function createOrphanSweep(parts: {
  store: ConversationStore;
  liveTurns: Pick<LiveTurns, 'find'>;
  turnStart: Pick<TurnStart, 'start'>;
  turnLog: Pick<TurnLog, 'end'>;
  sink: Sink;
  /** Undefined when the site is no longer configured. */
  siteOf: (siteId: string) => TurnSite | undefined;
}): () => Promise<void> {
  const { store, liveTurns, turnStart, turnLog, sink, siteOf } = parts;

  /** Only the sweep that ended the orphan calls this, and only for a turn that is not a repetition itself. */
  const askAgain = async (conversationId: string, turnId: string): Promise<void> => {
    const asker = await store.readAsker(conversationId, turnId);
    const site = asker && siteOf(asker.siteId);
    const record = await store.readTurn(conversationId, turnId);
    if (asker === undefined || site === undefined || record === undefined) return;
    const question = await readQuestion(store, conversationId, { turnId, ...record });
    const againId = randomUUID();
    if (question === undefined || (await store.beginTurn(conversationId, againId, record.messageSeq)) !== 'begun')
      return;
    const sender = { ...asker, conversationId, site, locale: asker.locale };
    // The sweep does not repeat a repetition, but the visitor may.
    if (question.firstSeq < question.seq) await store.noteFirstSeq(conversationId, againId, question.firstSeq);
    turnStart.start(sender, againId, { ...question, isRetry: false }, performance.now());
  };

  const endOrphan = async (conversationId: string, turnId: string): Promise<void> => {
    if (liveTurns.find(turnId)) return;
    const events = await turnLog.end(conversationId, turnId, 'interrupted', true);
    for (const event of events) sink(conversationId, event);
    const wasSilent = events.every(({ type }) => type !== 'message');
    if (events.length > 0 && wasSilent) await askAgain(conversationId, turnId);
  };

  return async function sweep() {
    const failures: unknown[] = [];
    // One server of a cluster may be away: the turns of the others end all the same.
    for (const { conversationId, turnId } of await store.orphanedTurns(SWEEP_BATCH))
      await endOrphan(conversationId, turnId).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
}
