/** Replays over REST: a question of a visitor is answered again for an agent, as a stream. */

import {
  type AnswerReplayEvent,
  answerReplayEventSchema,
  answerReplayRequestSchema,
} from '@firstword/shared/answer-replay';
import { may } from '@firstword/shared/permissions';
import type { AnswerReplay, ReplayRefusal, ReplayStep } from '../conversation/answer-replay.ts';
import { joinQuestion } from '../conversation/joined-question.ts';
import { HISTORY_MESSAGES } from '../conversation/turn-start.ts';
import { phrase } from '../lib/phrase.ts';
import type { ConversationArchive } from '../records/conversation-archive.ts';
import { GUIDANCE_BODY } from './api-guidance-routes.ts';
import { ApiRefusal } from './api-refusal.ts';
import { type ApiRoute, routeForAgents, StreamAnswer } from './api-route.ts';
import { ROLE_REFUSAL, siteIdsOf } from './api-sites.ts';
import { toCallView } from './api-ticket-calls.ts';

export interface ReplayRouteParts {
  readonly archive: Pick<ConversationArchive, 'list' | 'find' | 'searchMessages'>;
  readonly replayAnswer: AnswerReplay;
}

const JSON_LINES = 'application/x-ndjson';

export function createReplayRoutes({ archive, replayAnswer }: ReplayRouteParts): ApiRoute[] {
  return [
    routeForAgents(
      {
        method: 'post',
        path: '/conversations/{id}/replay',
        summary:
          "Answers a visitor's message again with another model or guidance. The visitor gets nothing of it. Each line of the response is one event.",
        body: answerReplayRequestSchema,
        bodyMax: GUIDANCE_BODY,
        answer: { status: 200, schema: answerReplayEventSchema, textType: JSON_LINES },
        refusals: ['not-found', 'not-allowed', 'rate-limited'],
      },
      async ({ id, body: { seq, model: modelId, guidance }, audit }, { agent, sites }) => {
        const page = { before: seq + 1, limit: HISTORY_MESSAGES + 1 };
        const found = await archive.find(id, siteIdsOf(sites), page);
        if (found === undefined) throw new ApiRefusal('not-found', 'This conversation does not exist.');
        const { conversation, messages, region } = found;
        const { siteId, locale } = conversation;
        if (guidance !== undefined && !may(agent, 'knowledge:manage', siteId))
          throw new ApiRefusal('forbidden', ROLE_REFUSAL);
        const question = readQuestion(messages, seq);
        if (question === undefined)
          throw new ApiRefusal('not-found', 'There is no message with text of the visitor with this number.');
        const leaving = new AbortController();
        const asked = { siteId, agentId: agent.id, modelId, locale, region, guidance, ...question };
        const steps = await replayAnswer(asked, leaving.signal);
        if (typeof steps === 'string') throw refusalOf(steps);
        await audit({
          action: 'conversation-replayed',
          target: { kind: 'conversation', id },
          siteId,
          after: { message: seq, model: modelId, guidance: guidance === undefined ? 'saved' : 'changed' },
        });
        return new StreamAnswer(linesOf(steps), JSON_LINES, () => leaving.abort('left'));
      },
    ),
  ];
}

/** The message, with those directly before it that no answer followed: one answer covers all of them. */
function readQuestion(messages: Parameters<typeof joinQuestion>[0]['history'], seq: number) {
  const asked = messages.at(-1);
  if (asked?.seq !== seq || asked.from !== 'visitor' || asked.file !== undefined) return undefined;
  const history = messages.slice(0, -1);
  const firstSeq = (history.findLast(({ from }) => from !== 'visitor')?.seq ?? 0) + 1;
  const joined = joinQuestion({ seq, text: asked.text, history }, { turnId: '', firstSeq });
  return { text: joined.text, history: joined.history };
}

async function* linesOf(steps: AsyncGenerator<ReplayStep, void>): AsyncGenerator<string> {
  for await (const step of steps) yield `${JSON.stringify(eventOf(step))}\n`;
}

function eventOf(step: ReplayStep): AnswerReplayEvent {
  if ('failed' in step) return { failed: step.failed, calls: step.calls.map(toCallView) };
  if (!('answer' in step)) return step;
  const { citations, unsupported, ...answer } = step.answer;
  return {
    answer: { ...answer, citations: [...citations], unsupported: [...unsupported] },
    calls: step.calls.map(toCallView),
  };
}

const REFUSALS: Readonly<Record<ReplayRefusal, ConstructorParameters<typeof ApiRefusal>>> = {
  'unknown-model': ['not-found', 'There is no model with this id.'],
  'no-allowed-region': ['not-allowed', phrase`No model endpoint is in a region that the site allows.`],
  'no-endpoint': ['not-allowed', phrase`No model endpoint is connected.`],
  busy: ['rate-limited', phrase`Too many replays are running. Try again in a few seconds.`, { retryAfterMs: 3000 }],
  'too-many': ['rate-limited', phrase`You have reached this hour's limit of replays. Try again in the next hour.`],
  spent: ['not-allowed', phrase`Today's budget for model calls is nearly spent. What is left is for visitors.`],
  stopped: ['not-allowed', phrase`Model calls of this site are stopped.`],
};
const refusalOf = (why: ReplayRefusal) => new ApiRefusal(...REFUSALS[why]);
