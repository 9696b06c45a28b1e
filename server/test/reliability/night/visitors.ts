/** Visitors who send at a constant rate through every disconnect; their conversations are checked at the end. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Message } from '@firstword/shared/wire';
import { createHistory, type SeenMessage } from '@firstword/testing/history-checker';
import { type Outage, openSteadyClient, type SteadyClient } from '@firstword/testing/steady-client';
import { connectWidget } from '@firstword/testing/widget-client';
import type { ArchiveTables } from './archive-tables.ts';
import { count as countOf } from './scenario.ts';

export interface Send {
  /** When it was first tried, by `performance.now()`. */
  readonly from: number;
  /** Time to its acknowledgement. */
  readonly ms: number;
}

export interface Visitors {
  acks(): number;
  /** Acknowledged messages a second since the start. */
  rate(): number;
  /** Time from each disconnect to the next session, of all visitors. */
  outages(): readonly Outage[];
  sends(): readonly Send[];
  /** Milliseconds from each first attempt to its acknowledgement. */
  waits(): readonly number[];
  connections(): readonly SteadyClient[];
  /**
   * Stops sending, reads every conversation again, and returns each violation. The archive, if given, must hold the same as a
   * reader sees.
   */
  settle(archive?: Pick<ArchiveTables, 'messagesOf'>): Promise<string[]>;
  /** Milliseconds after the last acknowledgement until the archive held everything. */
  archivedAfter(): number;
}

/** For results. */
export const describeLoad = (visitors: Visitors) =>
  `${countOf(visitors.acks(), 'ack')} at ${visitors.rate().toFixed(0)}/s`;

const PAGE_SIZE = 50;
/** An answer of a killed process ends within 15 s. */
const ARCHIVED_WITHIN_MS = 30_000;

export interface VisitorsOptions {
  readonly count: number;
  readonly perSecond: number;
  readonly transport?: 'websocket' | 'polling';
  /** Where conversations are read in the end; default: the visitors' port. */
  readonly readFrom?: number;
}

/** @param port the port to connect to, also after each disconnect */
export function startVisitors(
  port: number,
  { count, perSecond, transport = 'websocket', readFrom = port }: VisitorsOptions,
): Visitors {
  const history = createHistory();
  const clients = Array.from({ length: count }, () => openSteadyClient(port, { history, transport }));
  const startedAt = performance.now();
  const sends: Send[] = [];
  let sending = true;
  let endedAt: number | undefined;
  let archivedMs = 0;

  const sendSteadily = async (client: SteadyClient, index: number) => {
    const everyMs = (count / perSecond) * 1000;
    let due = startedAt + (index / count) * everyMs;
    await client.ready();
    for (let n = 1; sending; n++) {
      await pause(Math.max(0, due - performance.now()));
      if (!sending) return;
      const from = performance.now();
      sends.push({ from, ms: (await client.send(`Message ${n} of visitor ${index}`)).ms });
      due += everyMs; // a delayed visitor catches up
    }
  };
  const senders = clients.map(sendSteadily);

  return {
    acks: history.acks,
    rate: () => history.acks() / (((endedAt ?? performance.now()) - startedAt) / 1000),
    outages: () => clients.flatMap(({ outages }) => outages),
    sends: () => sends,
    waits: () => sends.map(({ ms }) => ms),
    archivedAfter: () => archivedMs,
    connections: () => clients,
    async settle(archive) {
      sending = false;
      await Promise.all(senders);
      endedAt = performance.now();
      const archivedBy = endedAt + ARCHIVED_WITHIN_MS;
      const breaches: string[] = [];
      for (const client of clients) {
        const session = client.session();
        if (session === undefined) throw new Error('a visitor has no session');
        const seen = [...client.messages.values()]; // before reading, because an answer may still arrive
        let { conversationId, messages } = await readAll(readFrom, session);
        if (archive !== undefined) {
          let archived = await archive.messagesOf(conversationId);
          while (!isSame(messages, archived) && performance.now() < archivedBy) {
            await pause(50);
            archived = await archive.messagesOf(conversationId);
            ({ messages } = await readAll(readFrom, session)); // an answer may have ended
          }
          archivedMs = Math.max(archivedMs, performance.now() - endedAt);
          history.viewed(conversationId, archived);
        }
        history.viewed(conversationId, messages);
        for (const { seq, id, text } of seen) {
          const stored = messages[seq - 1];
          if (stored?.id !== id || stored.text !== text)
            breaches.push(`P3: ${seq} of ${messages.length} was seen as ${id} and is ${stored?.id}`);
        }
        client.close();
      }
      return [...history.breaches(), ...breaches];
    },
  };
}

const isSame = (one: readonly SeenMessage[], other: readonly SeenMessage[]) =>
  one.length === other.length && one.every(({ id }, index) => id === other[index]?.id);

/** The whole conversation, as a new client reads it. */
async function readAll(port: number, session: string): Promise<{ conversationId: string; messages: Message[] }> {
  const reader = await connectWidget(port, { site: 'acme', session });
  const messages = [...reader.start.messages];
  for (;;) {
    const beforeSeq = messages[0]?.seq ?? 1;
    if (beforeSeq === 1) break;
    const page = await reader.ask<{ messages: Message[] }>('history-read', { beforeSeq, limit: PAGE_SIZE });
    if (!page.ok) throw new Error(`the history could not be read: ${page.code}`);
    if (page.messages.length === 0) break;
    messages.unshift(...page.messages);
  }
  reader.close();
  return { conversationId: reader.start.conversationId, messages };
}
