/** Asks models for one token now and then when nobody else sees how long they take. No visitor's words are in it. */
import type { Region, Tier } from '@firstword/shared/catalog';
import type { LatencyTracker } from '../routing/latency-tracker.ts';
import type { RoutedModel } from '../routing/route.ts';
import { latencyKey } from '../routing/router.ts';
import type { Gateway } from './chat-call.ts';

export interface LatencyProbes {
  stop(): void;
}

export interface LatencyProbesParts {
  readonly gateway: Gateway;
  readonly latency: Pick<LatencyTracker, 'probeDue'>;
  readonly models: readonly { readonly model: RoutedModel; readonly region: Region; readonly tier: Tier }[];
  /** How often it looks whether a probe is due. */
  readonly lookEveryMs: number;
}

export function createLatencyProbes({ gateway, latency, models, lookEveryMs }: LatencyProbesParts): LatencyProbes {
  const stopping = new AbortController();

  async function probe({ model, region, tier }: LatencyProbesParts['models'][number]): Promise<void> {
    const route = { tier, region, models: [model], maxTokens: 1, why: 'a probe of its wait' } as const;
    const request = {
      route,
      purpose: 'probe',
      owner: { siteId: 'probe' },
      messages: [{ role: 'user', content: 'Say yes.' }],
    } as const;
    try {
      for await (const event of gateway.stream(request, stopping.signal)) if (event.type === 'text') return;
    } catch {
      // The gateway has booked why, and the book has heard how long nothing came.
    }
  }

  const look = () => {
    for (const candidate of models)
      if (latency.probeDue(latencyKey(candidate.model, candidate.region))) void probe(candidate);
  };
  const timer = setInterval(look, lookEveryMs).unref();
  return {
    stop() {
      clearInterval(timer);
      stopping.abort('shutdown');
    },
  };
}
