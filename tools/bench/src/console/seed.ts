/** Fills the records of an installation with a year of conversations and their tickets, or finds what an earlier run has left. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Records } from '@firstword/server/records/records';
import { z } from 'zod';
import { type ArchivedConversation, fillArchive } from '../records/fill-archive.ts';
import type { OnRound, RunOptions } from '../run-options.ts';
import { pastTickets } from './past-tickets.ts';

const TICKETS_AT_ONCE = 4;

const seededSchema = z.object({ conversations: z.int(), tickets: z.int(), messages: z.int() });
export type Seeded = z.infer<typeof seededSchema>;

export interface SeedParts {
  readonly records: Pick<Records, 'archive' | 'tickets'>;
  readonly dataDir: string;
  readonly onRound: OnRound;
  readonly say: RunOptions['say'];
}

export async function seed(
  { records, dataDir, onRound, say }: SeedParts,
  counts: Pick<Seeded, 'conversations' | 'tickets'>,
): Promise<Seeded> {
  const note = join(dataDir, 'seeded.json');
  const found = await readFile(note, 'utf8').catch(() => undefined);
  if (found !== undefined) return seededSchema.parse(JSON.parse(found));
  say(`${counts.conversations} conversations`);
  const { conversations, messages } = await fillArchive(records, counts.conversations, onRound);
  say(`${counts.tickets} tickets`);
  await fillTickets(records, evenly(conversations, counts.tickets), onRound);
  const seeded: Seeded = { ...counts, messages };
  await writeFile(note, JSON.stringify(seeded));
  return seeded;
}

function evenly(conversations: readonly ArchivedConversation[], count: number): ArchivedConversation[] {
  const every = conversations.length / count;
  return Array.from({ length: count }, (_, index) => conversations[Math.floor(index * every)]).filter(
    (conversation) => conversation !== undefined,
  );
}

async function fillTickets(
  { tickets, archive }: SeedParts['records'],
  conversations: readonly ArchivedConversation[],
  onRound: OnRound,
): Promise<void> {
  const source = pastTickets(conversations);
  let written = 0;
  const writeAll = async () => {
    for (let next = source.next(); !next.done; next = source.next()) {
      const write = next.value;
      const { id, siteId, conversationId, number, openedAt } = write.record.ticket;
      const { undelivered } = await tickets.transaction({ id: conversationId, siteId }, async (transaction) => {
        await transaction.keepNumbers(number);
        await transaction.save(write);
        transaction.update({ open: id, last: id, responder: 'waiting-agent', handOffs: 1 });
      });
      // Agents' pages of the past need no news of it.
      await tickets.markDelivered(undelivered);
      await archive.write([
        { conversationId, siteId, at: openedAt, type: 'responder', responder: 'waiting-agent', ticketId: id },
      ]);
      written += 1;
      onRound(written, conversations.length);
    }
  };
  await Promise.all(Array.from({ length: TICKETS_AT_ONCE }, writeAll));
}
