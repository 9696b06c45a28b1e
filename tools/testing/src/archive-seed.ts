/** Fills an archive with conversations that the assistant has answered, as if they had been held at some time. */
import type { ArchiveChange } from '@firstword/server/records/conversation-archive';
import { createDatabase } from '@firstword/server/records/database';
import { createPostgresConversationArchive } from '@firstword/server/records/postgres-conversation-archive';
import { silentLog } from './silent-log.ts';

export interface SeededConversation {
  readonly id: string;
  readonly siteId: string;
  readonly question: string;
  readonly answer: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export async function seedArchive(databaseUrl: string, conversations: readonly SeededConversation[]): Promise<void> {
  const database = createDatabase(databaseUrl, silentLog);
  const archive = createPostgresConversationArchive(database, () => 'en');
  await archive.write(conversations.flatMap(changesOf));
  await database.close();
}

function changesOf({ id, siteId, question, answer, at }: SeededConversation): ArchiveChange[] {
  const origin = {
    conversationId: id,
    siteId,
    at,
    visitorId: `visitor-of-${id}`,
    locale: 'en',
    type: 'message',
  } as const;
  return [
    { ...origin, message: { seq: 1, id: 'question', from: 'visitor', text: question, at } },
    { ...origin, message: { seq: 2, id: 'answer', from: 'assistant', text: answer, at: at + 1000, state: 'done' } },
  ];
}
