/** Ends turns whose process is gone, and asks again where no viewer can have seen a delta. */
import { randomUUID } from 'node:crypto';
import type { ConversationStore } from '../store/conversation-store.ts';
import type { LiveTurns } from './live-turns.ts';
import { readQuestion } from './stored-question.ts';
import type { TurnLog } from './turn-log.ts';
import type { TurnSite } from './turn-request.ts';
import type { TurnOutput } from './turn-result.ts';
import type { StartedTurn, TurnStart } from './turn-start.ts';

export interface SweptTurn {
  readonly conversationId: string;
  readonly outputs: TurnOutput[];
  /** The same question, asked again; the caller must iterate it to its end. */
  readonly again?: StartedTurn;
}

const SWEEP_BATCH = 50;

export function createOrphanSweep(parts: {
  store: ConversationStore;
  liveTurns: Pick<LiveTurns, 'find'>;
  turnStart: Pick<TurnStart, 'start'>;
  turnLog: Pick<TurnLog, 'end'>;
  /** Undefined when the site is no longer configured. */
  siteOf: (siteId: string) => TurnSite | undefined;
}): () => AsyncGenerator<SweptTurn> {
  const { store, liveTurns, turnStart, turnLog, siteOf } = parts;

  /** Only the sweep that ended the orphan calls this, and only for a turn that is not a repetition itself. */
  const askAgain = async (conversationId: string, turnId: string): Promise<StartedTurn | undefined> => {
    const asker = await store.readAsker(conversationId, turnId);
    const site = asker && siteOf(asker.siteId);
    const record = await store.readTurn(conversationId, turnId);
    if (asker === undefined || site === undefined || record === undefined) return undefined;
    const question = await readQuestion(store, conversationId, { turnId, ...record });
    const againId = randomUUID();
    if (question === undefined || (await store.beginTurn(conversationId, againId, record.messageSeq)) !== 'begun')
      return undefined;
    const sender = { ...asker, conversationId, site, locale: asker.locale };
    // The sweep does not repeat a repetition, but the visitor may.
    if (question.firstSeq < question.seq) await store.noteFirstSeq(conversationId, againId, question.firstSeq);
    return turnStart.start(sender, againId, { ...question, isRetry: false }, performance.now());
  };

  return async function* sweep() {
    for (const { conversationId, turnId } of await store.orphanedTurns(SWEEP_BATCH)) {
      if (liveTurns.find(turnId)) continue;
      const outputs = await turnLog.end(conversationId, turnId, 'interrupted', true);
      if (outputs.length === 0) continue;
      const wasSilent = outputs.every(({ type }) => type !== 'message');
      const again = wasSilent ? await askAgain(conversationId, turnId) : undefined;
      yield { conversationId, outputs, ...(again === undefined ? {} : { again }) };
    }
  };
}
