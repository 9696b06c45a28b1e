/** Measures the TTFT of models without current samples by asking for one token. Sends no visitor's text. */
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
  /** How often due probes are looked up. */
  readonly checkEveryMs: number;
}

export function createLatencyProbes({ gateway, latency, models, checkEveryMs }: LatencyProbesParts): LatencyProbes {
  const stopping = new AbortController();

  async function probe({ model, region, tier }: LatencyProbesParts['models'][number]): Promise<void> {
    const route = { tier, region, models: [model], maxTokens: 1, why: 'a latency probe' } as const;
    const request = {
      route,
      purpose: 'probe',
      owner: { siteId: 'probe' },
      messages: [{ role: 'user', content: 'Say yes.' }],
    } as const;
    try {
      for await (const event of gateway.stream(request, stopping.signal)) if (event.type === 'text') return;
    } catch {
      // The gateway has recorded the failure, and the tracker the censored TTFT.
    }
  }

  const sendDueProbes = () => {
    for (const candidate of models)
      if (latency.probeDue(latencyKey(candidate.model, candidate.region))) void probe(candidate);
  };
  const timer = setInterval(sendDueProbes, checkEveryMs).unref();
  return {
    stop() {
      clearInterval(timer);
      stopping.abort('shutdown');
    },
  };
}
