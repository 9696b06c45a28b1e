/** Builds what finds, exports and erases one visitor, for the web process and for commands. */
import { toCallView } from './http/api-ticket-calls.ts';
import type { Log } from './lib/log.ts';
import type { Redis } from './lib/redis.ts';
import type { TokenHash } from './lib/tokens.ts';
import { createEraseConversation, type EraseConversation } from './privacy/erase-conversation.ts';
import { createEraseVisitor, type EraseVisitor } from './privacy/erase-visitor.ts';
import { createExportVisitor, type ExportVisitor } from './privacy/export-visitor.ts';
import { createFindVisitor, type FindVisitor } from './privacy/find-visitor.ts';
import type { Records } from './records/records.ts';
import { createConversationErasure } from './store/conversation-erasure.ts';
import type { FileStore } from './store/file-store.ts';
import type { RedisKeys } from './store/keys.ts';
import { createVisitorTraces } from './store/visitor-traces.ts';

export interface VisitorDataParts {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly records: Pick<Records, 'archive' | 'tickets' | 'gaps' | 'usage'>;
  readonly files: Pick<FileStore, 'erase'>;
  readonly tokenHash: TokenHash;
  /** Removes the job of an analysis; absent where no queue is open. */
  readonly removeJob?: (runId: string) => Promise<void>;
  readonly log: Log;
}

export interface VisitorData {
  readonly find: FindVisitor;
  /** For visitors' own requests: without a walk through Redis, because their session leads to their conversations. */
  readonly findOwn: FindVisitor;
  readonly exportAll: ExportVisitor;
  readonly erase: EraseVisitor;
  readonly eraseConversation: EraseConversation;
}

export function createVisitorData(parts: VisitorDataParts): VisitorData {
  const { redis, keys, tokenHash, log } = parts;
  const { archive, tickets, usage } = parts.records;
  const traces = createVisitorTraces(redis, keys, tokenHash);
  const eraseConversation = createEraseConversation({
    ...parts,
    ...parts.records,
    conversations: createConversationErasure(redis, keys),
  });
  return {
    find: createFindVisitor({ traces, archive, tickets }),
    findOwn: createFindVisitor({
      traces: { ...traces, conversationsOf: traces.leftConversationsOf },
      archive,
      tickets,
    }),
    exportAll: createExportVisitor({ traces, archive, tickets, usage, viewOfCall: toCallView }),
    erase: createEraseVisitor({ traces, archive, eraseConversation, log }),
    eraseConversation,
  };
}
