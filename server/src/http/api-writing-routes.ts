/** Help with writing over REST: the text is streamed as it is written. */
import { writingEventSchema, writingTaskSchema } from '@firstword/shared/writing-help';
import type { WritingHelp, WritingRefusal } from '../conversation/writing-help.ts';
import { phrase } from '../lib/phrase.ts';
import type { Tickets } from '../tickets/ticket-types.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRoute, routeForAgents, StreamAnswer } from './api-route.ts';
import { createTicketFinder } from './api-sites.ts';

export interface WritingRouteParts {
  readonly tickets: Pick<Tickets, 'get'>;
  readonly writingHelp: WritingHelp;
  readonly mode: () => 'live' | 'demo';
}

const JSON_LINES = 'application/x-ndjson';

export function createWritingRoutes({ tickets, writingHelp, mode }: WritingRouteParts): ApiRoute[] {
  const find = createTicketFinder(tickets);
  return [
    routeForAgents(
      {
        method: 'post',
        path: '/writing-help/{id}',
        summary: 'Rewrites or translates a text for the agent of a ticket. Each line of the response is one event.',
        body: writingTaskSchema,
        answer: { status: 200, schema: writingEventSchema, textType: JSON_LINES },
        refusals: ['not-found', 'not-allowed', 'rate-limited'],
      },
      async ({ id, body: task }, { agent, sites }) => {
        const { siteId, conversationId } = await find(id, sites);
        if (mode() === 'demo')
          throw new ApiRefusal(
            'not-allowed',
            phrase`The demo engine can't rewrite or translate. Connect a model endpoint.`,
          );
        const leaving = new AbortController();
        const events = await writingHelp({ siteId, conversationId, agentId: agent.id, task }, leaving.signal);
        if (typeof events === 'string') throw refusalOf(events);
        const iterator = events[Symbol.asyncIterator]();
        const first = await iterator.next();
        if (first.done === true || 'failed' in first.value) {
          await iterator.return?.();
          throw new ApiRefusal('unavailable', phrase`No model answered. Try again in a few seconds.`);
        }
        async function* lines(begin: typeof first) {
          try {
            for (let event = begin; event.done !== true; event = await iterator.next())
              yield `${JSON.stringify(event.value)}\n`;
          } finally {
            await iterator.return?.();
          }
        }
        return new StreamAnswer(lines(first), JSON_LINES, () => leaving.abort('left'));
      },
    ),
  ];
}

const REFUSALS: Readonly<Record<WritingRefusal, ConstructorParameters<typeof ApiRefusal>>> = {
  busy: ['rate-limited', phrase`Too many texts are being written. Try again in a few seconds.`, { retryAfterMs: 3000 }],
  spent: ['not-allowed', phrase`Today's budget for model calls is spent.`],
  stopped: ['not-allowed', phrase`Model calls of this site are stopped.`],
};
const refusalOf = (why: WritingRefusal) => new ApiRefusal(...REFUSALS[why]);
