/** An agent's page with one open ticket, new for each test of the ticket API. */
import { randomUUID } from 'node:crypto';
import type { AnalysisContent, AnalysisRun } from '@firstword/shared/analysis';
import type { TicketDetail } from '@firstword/shared/console-wire';
import type { Ticket } from '@firstword/shared/ticket';
import type { Page } from '@firstword/testing/console-page';
import type { ConsoleServerParts } from '@firstword/testing/console-server';
import { consoleServer, consoleServerForEachTest } from '@firstword/testing/console-server-hooks';
import { beforeEach } from 'vitest';

export let page: Page;
export let ticket: Ticket;

/** Call it once in each test file. */
export function openTicketForEachTest(parts: ConsoleServerParts = {}): void {
  consoleServerForEachTest(parts);
  beforeEach(async () => {
    page = await consoleServer.signIn();
    ticket = await consoleServer.openTicket();
  });
}

export const detailOf = async (of = ticket) => (await page.request<TicketDetail>('GET', `/tickets/${of.id}`)).body;
export const textsOf = ({ messages }: TicketDetail) => messages.map(({ from, text }) => `${from}: ${text}`);
export const PROPOSED = 'Your lamp ships today.';

export function setTicket(next: Ticket): void {
  ticket = next;
}

/** Queues an analysis of the ticket and stores its result as a worker does. */
export async function analyse(of = ticket): Promise<AnalysisRun> {
  const queued = await consoleServer.tickets.queueRun(of.id, 'hand-off', { idempotencyKey: randomUUID() });
  const begun = await consoleServer.tickets.beginRun(queued?.run.id ?? '');
  if (begun === undefined) throw new Error('the run did not begin');
  await consoleServer.tickets.commitRun(begun.run.id, begun.fencingToken, { state: 'completed', content });
  ticket = (await consoleServer.tickets.get(of.id)) ?? of;
  return begun.run;
}

const contentOfModel: AnalysisContent = {
  reading: {
    summary: 'A lamp has not come.',
    visitorGoal: 'To know when it comes.',
    category: 'delivery',
    alternatives: [],
    urgency: 'normal',
    urgencyReason: '',
    sentiment: 'neutral',
    trend: 'steady',
    language: 'en',
  },
  hypotheses: [],
  evidence: [],
  missingInfo: [],
  reply: { language: 'en', sentences: [{ text: PROPOSED, citations: [] }] },
  nextActions: [],
  confidence: { value: 0.8, reasons: [] },
};
const content: AnalysisRun['content'] = {
  ...contentOfModel,
  evidence: [],
  policy: [],
  reply: { text: PROPOSED, language: 'en', sentences: [{ text: PROPOSED, citations: [], supported: false }] },
  confidence: { value: 0.8, band: 'high', reasons: [] },
  flags: [],
  dropped: [],
  alreadySaid: '',
};
