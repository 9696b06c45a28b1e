/** Many visitors who write at a steady rate, whatever happens to the connection, and whose story is checked at the end. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Message } from '@firstword/shared/wire';
import { createHistory } from '@firstword/testing/history-checker';
import { type Outage, openSteadyClient, type SteadyClient } from '@firstword/testing/steady-client';
import { connectWidget } from '@firstword/testing/widget-client';

export interface Visitors {
  acks(): number;
  /** Acknowledged messages a second since the start. */
  rate(): number;
  /** Each visitor's waits from the loss of the connection to the next session. */
  outages(): readonly Outage[];
  /** From a first try to its acknowledgement, in milliseconds. */
  waits(): readonly number[];
  connections(): readonly SteadyClient[];
  /** Stops writing, reads every conversation again, and returns each broken promise. */
  settle(): Promise<string[]>;
}

const PAGE = 50;

/** @param port where they come back to after each loss */
export function startVisitors(port: number, { count, perSecond }: { count: number; perSecond: number }): Visitors {
  const history = createHistory();
  const clients = Array.from({ length: count }, () => openSteadyClient(port, { history }));
  const startedAt = performance.now();
  const waits: number[] = [];
  let writing = true;
  let endedAt: number | undefined;

  const write = async (client: SteadyClient, index: number) => {
    const everyMs = (count / perSecond) * 1000;
    let due = startedAt + (index / count) * everyMs;
    await client.ready();
    for (let n = 1; writing; n++) {
      await pause(Math.max(0, due - performance.now()));
      if (!writing) return;
      waits.push((await client.send(`Message ${n} of visitor ${index}`)).ms);
      due += everyMs; // who was held up writes faster afterwards
    }
  };
  const writers = clients.map(write);

  return {
    acks: history.acks,
    rate: () => history.acks() / (((endedAt ?? performance.now()) - startedAt) / 1000),
    outages: () => clients.flatMap(({ outages }) => outages),
    waits: () => waits,
    connections: () => clients,
    async settle() {
      writing = false;
      await Promise.all(writers);
      endedAt = performance.now();
      const breaches: string[] = [];
      for (const client of clients) {
        const session = client.session();
        if (session === undefined) throw new Error('a visitor has no session');
        const seen = [...client.messages.values()]; // before reading: an answer may still be on its way
        const { conversationId, messages } = await readAll(port, session);
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

/** A conversation from its first message, as a new client reads it. */
async function readAll(port: number, session: string): Promise<{ conversationId: string; messages: Message[] }> {
  const reader = await connectWidget(port, { site: 'acme', session });
  const messages = [...reader.start.messages];
  for (;;) {
    const beforeSeq = messages[0]?.seq ?? 1;
    if (beforeSeq === 1) break;
    const page = await reader.ask<{ messages: Message[] }>('history-read', { beforeSeq, limit: PAGE });
    if (!page.ok) throw new Error(`the history could not be read: ${page.code}`);
    if (page.messages.length === 0) break;
    messages.unshift(...page.messages);
  }
  reader.close();
  return { conversationId: reader.start.conversationId, messages };
}
