/** Writes texts for a site's owner with the quality tier. */
import type { Region } from '@firstword/shared/catalog';
import type { Site } from '@firstword/shared/site';
import type { Gateway, PromptMessage } from './gateway/chat-call.ts';
import type { Budgets } from './ledger/budgets.ts';
import type { Router } from './routing/router.ts';

/** Thinking models write for a minute. */
const DRAFT_MS = 90_000;

export interface DraftWriterParts {
  readonly gateway: Pick<Gateway, 'stream'>;
  readonly router: Router;
  readonly budgets: Pick<Budgets, 'check'>;
  readonly region: Region;
  readonly siteOf: (siteId: string) => Pick<Site, 'allowedRegions'> | undefined;
}

export type DraftWriter = (siteId: string, messages: readonly PromptMessage[]) => Promise<string>;

export function createDraftWriter({ gateway, router, budgets, region, siteOf }: DraftWriterParts): DraftWriter {
  return async (siteId, messages) => {
    if (budgets.check({ siteId, conversationId: 'proposals', visitorId: 'proposals' }) === 'stopped')
      throw new Error('model calls of this site are stopped');
    const route = router({ taskType: 'analysis', region, allowedRegions: siteOf(siteId)?.allowedRegions });
    const request = { route, purpose: 'proposal', owner: { siteId }, messages } as const;
    let text = '';
    for await (const event of gateway.stream(request, AbortSignal.timeout(DRAFT_MS))) {
      if (event.type === 'text') text += event.text;
      if (event.type === 'retract') text = '';
    }
    return text;
  };
}
