/** Analyses that failed for good, and triage verdicts that agents corrected. */
import {
  type DeadLetterList,
  deadLetterListSchema,
  type VerdictReport,
  verdictQuerySchema,
  verdictReportSchema,
} from '@firstword/shared/reports';
import type { StoredVerdict, Ticket } from '@firstword/shared/ticket';
import { DONE_STATES } from '@firstword/shared/ticket-transitions';
import type { ConversationStore } from '../store/conversation-store.ts';
import type { AnalysisQueue, DeadLetter } from '../tickets/analysis-queue.ts';
import type { Tickets } from '../tickets/ticket-types.ts';
import { type ApiRoute, routeForAdmins, routeForAgents, TextAnswer } from './api-route.ts';

export interface TriageRouteParts {
  readonly tickets: Pick<Tickets, 'get' | 'confusion' | 'corrections'>;
  readonly store: Pick<ConversationStore, 'snapshot'>;
  readonly deadLetters: AnalysisQueue['deadLetters'];
}

const DEAD_LETTERS_MAX = 200;
const CORRECTIONS_MAX = 5000;
/** Conversations read in parallel. */
const BATCH = 50;
const MESSAGES_MAX = 500;
const JSONL = 'application/jsonl';

export function createTriageRoutes({ tickets, store, deadLetters }: TriageRouteParts): ApiRoute[] {
  const withTicket = async ({ runId, ticketId, reason, attempts, failedAt }: DeadLetter) => {
    const ticket = await tickets.get(ticketId);
    // A newer run replaced it, or the ticket is done: nothing is left to do.
    if (ticket === undefined || ticket.analysis?.runId !== runId || DONE_STATES.includes(ticket.state)) return [];
    return [{ runId, ticket, reason, attempts, failedAt }];
  };

  /** A ticket stores a long message shortened; the conversation has all of it. */
  const textOf = async ({ conversationId, firstLine }: Ticket): Promise<string> => {
    const { messages } = await store.snapshot(conversationId, MESSAGES_MAX);
    return messages.find(({ from, text }) => from === 'visitor' && text.startsWith(firstLine))?.text ?? firstLine;
  };
  const caseOf = async ({ ticket, verdict }: { ticket: Ticket; verdict: StoredVerdict }) => {
    const { handling: was, correctedTo: handling } = verdict;
    return `${JSON.stringify({ text: await textOf(ticket), handling, was, site: ticket.siteId, ticket: ticket.number })}\n`;
  };
  const cases = async (): Promise<string> => {
    const corrected = await tickets.corrections(CORRECTIONS_MAX);
    const lines: string[] = [];
    for (let from = 0; from < corrected.length; from += BATCH)
      lines.push(...(await Promise.all(corrected.slice(from, from + BATCH).map(caseOf))));
    return lines.join('');
  };

  return [
    routeForAdmins(
      {
        method: 'get',
        path: '/dead-letters',
        summary: 'Lists analyses that failed for good and were not requested again, newest first.',
        answer: { status: 200, schema: deadLetterListSchema },
      },
      async (): Promise<DeadLetterList> => {
        const found = await Promise.all((await deadLetters(DEAD_LETTERS_MAX)).map(withTicket));
        return { deadLetters: found.flat() };
      },
    ),
    routeForAgents(
      {
        method: 'get',
        path: '/verdicts',
        summary:
          'Counts how agents corrected triage verdicts. `format=jsonl` returns the corrected cases for `npm run eval`.',
        query: verdictQuerySchema,
        answer: { status: 200, schema: verdictReportSchema, textType: JSONL },
      },
      async ({ query, audit }): Promise<VerdictReport | TextAnswer> => {
        if (query.format !== 'jsonl') return { confusion: await tickets.confusion() };
        await audit({ action: 'exported', target: { kind: 'verdicts', id: 'jsonl' } });
        return new TextAnswer(await cases(), JSONL);
      },
    ),
  ];
}
