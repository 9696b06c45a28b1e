/** The scripted server's replays: each model writes its answer in two pieces. */
import type { ServerResponse } from 'node:http';
import {
  type AnswerReplayEvent,
  type AnswerReplayRequest,
  answerReplayRequestSchema,
} from '@firstword/shared/answer-replay';

export interface ScriptedReplays {
  /** Received requests, in order. */
  readonly requests: AnswerReplayRequest[];
  /** Continues answers after their first piece. */
  hold: Promise<void>;
  /** This model fails with a code. */
  failing: string | undefined;
  /** Whether the route is its. */
  answer(route: string, body: unknown, response: ServerResponse): boolean;
}

export function createScriptedReplays(): ScriptedReplays {
  async function write(request: AnswerReplayRequest, response: ServerResponse) {
    scripted.requests.push(request);
    const { model } = request;
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    const line = (event: AnswerReplayEvent) => response.write(`${JSON.stringify(event)}\n`);
    if (model === scripted.failing) {
      line({ failed: 'unknown-model', calls: [] });
      response.end();
      return;
    }
    const [first, rest] = replayEvents(model);
    for (const event of first) line(event);
    await scripted.hold;
    for (const event of rest) line(event);
    response.end();
  }

  const scripted: ScriptedReplays = {
    requests: [],
    hold: Promise.resolve(),
    failing: undefined,
    answer(route, body, response) {
      if (!/^POST \/conversations\/[^/]+\/replay$/.test(route)) return false;
      void write(answerReplayRequestSchema.parse(body), response);
      return true;
    },
  };
  return scripted;
}

/** What a model answers: what it begins with, and the rest. */
export function replayEvents(model: string): [first: AnswerReplayEvent[], rest: AnswerReplayEvent[]] {
  return [
    [{ ttftMs: 96 }, { text: 'Yes: a **thin** layer ' }],
    [
      { text: 'of linseed oil [1]. It dries overnight.' },
      {
        answer: {
          text: 'Yes: a **thin** layer of linseed oil [1]. It dries overnight.',
          citations: [{ n: 1, title: 'Care for oiled wood', url: '/help/oiled-wood' }],
          unsupported: ['It dries overnight.'],
          coverage: 'covered',
          handsOff: model === 'kimi-k2.5',
          shortened: false,
        },
        calls: [
          {
            ...{ purpose: 'replay', role: 'first', tier: 'fast', region: 'us-east', modelId: model },
            ...{ startedAt: Date.now(), ttftMs: 96, totalMs: 870 },
            ...{ promptTokens: 910, completionTokens: 31, estimated: false, outcome: 'done' },
            ...{ costKnown: 'full', costUsd: 0.00031, why: `${model} was chosen by an agent` },
          },
        ],
      },
    ],
  ];
}
