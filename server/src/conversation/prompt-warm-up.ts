/**
 * Sends the beginning of a returning visitor's next prompt once, so that the endpoint's prompt cache holds it when they ask.
 * It contains only what the endpoint has already received.
 */
import type { CallRow, Gateway } from '../gateway/chat-call.ts';
import { estimatePromptTokens } from '../gateway/token-usage.ts';
import type { BudgetOwner } from '../ledger/budgets.ts';
import { createMaskFor } from '../masking/mask-policy.ts';
import type { Router } from '../routing/router.ts';
import type { AnswerGuidance } from './guidance.ts';
import { hideFromModels } from './hide-from-models.ts';
import { buildPromptPrefix } from './prompt.ts';
import { type ClientView, HISTORY_MESSAGES, type Sender } from './turn-start.ts';

export interface PromptWarmUp {
  /** A client has connected and received its conversation. At most one request is sent for each conversation. */
  returned(sender: Sender, view: ClientView): void;
  stop(): void;
}

export interface PromptWarmUpParts {
  readonly gateway: Pick<Gateway, 'stream'>;
  readonly router: Router;
  readonly promptMarker: string;
  readonly guidanceOf: (siteId: string) => AnswerGuidance | undefined;
  readonly recordCall: (row: CallRow) => void;
  /** Whether the budgets are open and the process is not busy. */
  readonly mayAsk: (owner: BudgetOwner) => boolean;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** Endpoints keep a prompt for five minutes or longer. A conversation younger than that is still cached. */
const STILL_CACHED_MS = 5 * 60_000;
/** After a deployment all clients reconnect at once. */
const RUNNING_MAX = 4;
const REMEMBERED_MAX = 10_000;
/** Not asked by any visitor; the cached part ends before it. */
const LAST = { role: 'user', content: 'Hello' } as const;

export function createPromptWarmUp(parts: PromptWarmUpParts): PromptWarmUp {
  const { gateway, router, promptMarker, guidanceOf, recordCall, mayAsk, now = Date.now } = parts;
  const stopping = new AbortController();
  /** Oldest first. */
  const warmed = new Set<string>();
  let running = 0;

  function remember(conversationId: string): void {
    warmed.add(conversationId);
    for (const oldest of warmed) if (warmed.size > REMEMBERED_MAX) warmed.delete(oldest);
  }

  async function warmUp({ site, conversationId, visitorId, address, region }: Sender, view: ClientView): Promise<void> {
    const chosen = router({ taskType: 'chat', region, allowedRegions: site.allowedRegions });
    const [model] = chosen.models;
    const { promptCacheMinTokens } = model.profile;
    if (promptCacheMinTokens === undefined) return;
    const mask = createMaskFor(site, 'chat');
    const { history } = hideFromModels(mask, { history: view.recent.slice(-HISTORY_MESSAGES), text: '' });
    const prefix = buildPromptPrefix(site.name, promptMarker, guidanceOf(site.id), history);
    if (estimatePromptTokens(prefix) < promptCacheMinTokens) return;
    remember(conversationId);
    const failed = new AbortController();
    const { tier, region: served } = chosen;
    const request = {
      route: { tier, region: served, models: [model], maxTokens: 1, why: 'a prompt warm-up' },
      purpose: 'warm-up',
      owner: { siteId: site.id, conversationId, visitorId, address },
      messages: [...prefix, LAST],
      masked: mask.found(),
      record(row: CallRow) {
        recordCall(row);
        if (row.outcome === 'failed') failed.abort('failed'); // a second request would not pay
      },
    } as const;
    running += 1;
    try {
      for await (const _ of gateway.stream(request, AbortSignal.any([stopping.signal, failed.signal])));
    } finally {
      running -= 1;
    }
  }

  return {
    returned(sender, view) {
      const { conversationId, visitorId, address, site } = sender;
      const last = view.recent.at(-1);
      if (last === undefined || now() - last.at < STILL_CACHED_MS) return;
      if (view.responder !== 'assistant' && view.responder !== 'waiting-agent') return;
      if (warmed.has(conversationId) || running >= RUNNING_MAX || stopping.signal.aborted) return;
      if (!mayAsk({ siteId: site.id, conversationId, visitorId, address })) return;
      warmUp(sender, view).catch(() => {}); // recorded by the gateway; the visitor's question is asked as usual
    },
    stop: () => stopping.abort('shutdown'),
  };
}
