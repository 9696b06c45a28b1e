/** Builders of tickets, conversations and analysis runs for the scripted server. */
import type { AgentView } from '@firstword/shared/agent-view';
import type { AnalysisRun } from '@firstword/shared/analysis';
import type { TicketDetail } from '@firstword/shared/console-wire';
import type { Ticket } from '@firstword/shared/ticket';
import type { Message } from '@firstword/shared/wire';

export const agent: AgentView = {
  id: 'agent-1',
  name: 'First Agent',
  email: 'agent@wendleby.example',
  roles: { '*': 'admin' },
};
export const otherAgent = { id: 'agent-2', name: 'Second Agent' };

export const MINUTE = 60_000;

export function ticket(number: number, now: number, more: Partial<Ticket>): Ticket {
  return {
    id: `t-${number}`,
    number,
    siteId: 'demo',
    conversationId: `c-${number}`,
    state: 'needs-review',
    version: 3,
    revision: 1,
    reason: 'complex',
    urgency: 'normal',
    firstLine: 'A question',
    language: 'en',
    openedBy: 'assistant',
    openedAt: now - 20 * MINUTE,
    changedAt: now - 10 * MINUTE,
    waitingSince: now - 20 * MINUTE,
    reopened: 0,
    ...more,
  };
}

export function talk(
  now: number,
  ...lines: [from: Message['from'], text: string, more?: Partial<Message>][]
): Message[] {
  return lines.map(([from, text, more], index) => ({
    seq: index + 1,
    id: `m-${index + 1}-${text.length}`,
    from,
    text,
    at: now - (lines.length - index) * 2 * MINUTE,
    ...more,
  }));
}

export function run(ticketId: string, number: number, now: number, more: Partial<AnalysisRun>): AnalysisRun {
  return {
    id: `${ticketId}-run-${number}`,
    ticketId,
    number,
    revision: number,
    state: 'completed',
    trigger: number === 1 ? 'hand-off' : 'rejection',
    provenance: {
      tier: 'quality',
      modelId: 'deepseek-v4-pro',
      region: 'us-east',
      promptVersion: 3,
      knowledgeVersion: '2026-10-12',
    },
    usage: { promptTokens: 2140, completionTokens: 412, estimated: false, costUsd: 0.00032 },
    timing: { queuedMs: 140, ttftMs: 412, totalMs: 8240 },
    createdAt: now - 9 * MINUTE,
    review: { verdict: 'pending' },
    ...more,
  };
}

export function detail(
  about: Ticket,
  messages: Message[],
  runs: AnalysisRun[],
  more: Partial<TicketDetail> = {},
): TicketDetail {
  const [newest] = runs;
  return {
    ticket:
      newest === undefined
        ? about
        : {
            ...about,
            analysis: {
              runId: newest.id,
              state: newest.state,
              verdict: newest.review.verdict,
              stale: false,
              ...about.analysis,
            },
          },
    responder: 'waiting-agent',
    uploads: { maxMb: 1, types: ['png', 'pdf', 'txt'] },
    messages,
    runs,
    events: [
      { at: about.openedAt, action: 'open', actor: { kind: 'assistant' }, to: 'new', version: 1, reason: about.reason },
      {
        at: about.openedAt + 500,
        action: 'start-analysis',
        actor: { kind: 'system' },
        from: 'new',
        to: 'analyzing',
        version: 2,
      },
      {
        at: about.openedAt + 9000,
        action: 'finish-analysis',
        actor: { kind: 'system' },
        from: 'analyzing',
        to: 'needs-review',
        version: 3,
      },
    ],
    notes: [],
    cost: { usd: 0.00041, atLeast: true, callsOfUnknownPrice: 0 },
    readSeq: 0,
    ratings: [],
    ...more,
  };
}
