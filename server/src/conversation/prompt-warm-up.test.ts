import type { Message } from '@firstword/shared/wire';
import { expect, test } from 'vitest';
import type { ChatEvent, ChatRequest } from '../gateway/chat-call.ts';
import type { ModelProfile } from '../routing/model-profile.ts';
import { createPromptWarmUp } from './prompt-warm-up.ts';
import type { ClientView, Sender } from './turn-start.ts';

const site = { id: 'acme', name: 'Acme', handOff: { complex: true, onNegativeSentiment: false, confidenceFloor: 0 } };
const message = (seq: number): Message => ({ seq, id: `m${seq}`, from: 'visitor', text: 'Why? '.repeat(200), at: 0 });
const view: ClientView = { lastSeq: 1, recent: [message(1)], responder: 'assistant', learn: () => {} };
const sender = (conversationId: string): Sender => ({
  conversationId,
  visitorId: 'v',
  site,
  region: 'us-east',
  locale: undefined,
  identified: false,
});

function warmUpWith({ mayAsk = true, profile = { promptCacheMinTokens: 100 } as ModelProfile } = {}) {
  const requests: ChatRequest[] = [];
  const warmUp = createPromptWarmUp({
    gateway: {
      async *stream(request, signal): AsyncGenerator<ChatEvent> {
        requests.push(request);
        await new Promise((resolve) => signal.addEventListener('abort', resolve)); // never answers
      },
    },
    router: () => {
      const endpoint = { id: 'main', baseUrl: 'http://localhost' };
      const model = { id: 'fast', upstreamName: 'fast', endpoint, price: {}, profile };
      return { tier: 'fast', region: 'us-east', models: [model], maxTokens: 200, why: '' };
    },
    promptMarker: 'marker',
    guidanceOf: () => undefined,
    recordCall: () => {},
    mayAsk: () => mayAsk,
    now: () => 10 * 60_000,
  });
  return { requests, warmUp };
}

test('a crowd of returning visitors causes four requests at the same time', () => {
  const { requests, warmUp } = warmUpWith();
  for (let index = 0; index < 50; index++) warmUp.returned(sender(`c${index}`), view);
  expect(requests).toHaveLength(4);
  expect(requests[0]).toMatchObject({ purpose: 'warm-up', route: { maxTokens: 1 }, owner: { conversationId: 'c0' } });
  warmUp.stop();
});

test.each([
  ['the budgets are spent or the process is busy', warmUpWith({ mayAsk: false }), view],
  ['the endpoint is not known to cache', warmUpWith({ profile: {} }), view],
  ['an agent answers', warmUpWith(), { ...view, responder: 'agent' as const }],
  ['there is no conversation yet', warmUpWith(), { ...view, recent: [] }],
])('nothing is sent when %s', (_, { requests, warmUp }, seen) => {
  warmUp.returned(sender('c'), seen);
  expect(requests).toEqual([]);
});
