/** Records that an agent reads a conversation in another way than over REST: live over the console's socket, or its files. */
import type { IncomingMessage } from 'node:http';
import type { AgentView } from '@firstword/shared/agent-view';
import type { ClientAddressOf } from '../lib/client-address.ts';
import type { AuditLog } from '../records/audit-log.ts';
import { conversationRead } from './audit-events.ts';

/** Never rejects. */
export type ReadRecorder = (
  agent: Pick<AgentView, 'id' | 'name'>,
  conversation: { readonly id: string; readonly siteId: string },
  request: IncomingMessage,
) => Promise<void>;

export function createReadRecorder(auditLog: Pick<AuditLog, 'add'>, addressOf: ClientAddressOf): ReadRecorder {
  return ({ id, name }, conversation, request) =>
    auditLog.add({
      ...conversationRead(id, conversation),
      actor: { kind: 'agent', id, name },
      address: addressOf(request).ip,
    });
}
