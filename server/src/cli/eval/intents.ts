/** Evaluates the triage prompt on any endpoint: accuracy, latency and cost. */
import { REFERENCE_MODELS } from '@firstword/shared/catalog';
import { HANDLINGS, type Handling } from '@firstword/shared/ticket';
import { z } from 'zod';
import type { CallRow } from '../../gateway/chat-call.ts';
import { createGateway } from '../../gateway/gateway.ts';
import { familyProfile } from '../../routing/family-profiles.ts';
import type { Route } from '../../routing/route.ts';
import { createTriage } from '../../triage/triage.ts';
import { percentile, rounded, share, table } from './figures.ts';
import { readRows } from './jsonl.ts';

const rowSchema = z.object({
  text: z.string().min(1),
  intent: z.string().optional(),
  handling: z.enum(HANDLINGS).optional(),
});

export interface IntentsOptions {
  readonly file: string;
  /** An OpenAI-compatible base URL, ending with its version. */
  readonly endpoint: string;
  readonly apiKey?: string;
  readonly model: string;
  /** US dollars per million tokens. Defaults to the catalog, which has output prices only. */
  readonly prices: { readonly input?: number; readonly output?: number };
  /** Evaluate only the first texts of the file. */
  readonly limit?: number;
  readonly onProgress: (done: number, of: number) => void;
}

export interface IntentsReport {
  readonly model: string;
  readonly texts: number;
  /** Texts without a label. */
  readonly unlabelled: number;
  /** Error message → count. */
  readonly faults: Readonly<Record<string, number>>;
  readonly labels: Readonly<Record<string, number>>;
  /** Share of correct labels among the rows with an expected one; absent without such rows. */
  readonly accuracy?: number;
  /** Expected label → given label → count. */
  readonly confusion: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Intent → given label → count, for rows with an intent. */
  readonly byIntent: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Request sent → label known. */
  readonly labelMs: { readonly p50: number; readonly p95: number };
  /** Request sent → complete verdict. */
  readonly verdictMs: { readonly p50: number; readonly p95: number };
  readonly tokens: { readonly prompt: number; readonly completion: number };
  /** US dollars; absent when a price is unknown. */
  readonly costUsd?: number;
}

/** Concurrent calls, as many as on a small site. */
const CONCURRENCY = 4;
const INSTANT_MAX_TOKENS = 50;

/** A failed call counts as unlabelled. @throws UsageError for the file */
export async function evaluateIntents(options: IntentsOptions): Promise<IntentsReport> {
  const rows = readRows(options.file, rowSchema).slice(0, options.limit);
  const calls: CallRow[] = [];
  const gateway = createGateway({ onCall: (row) => calls.push(row) });
  const faults: string[] = [];
  const triage = createTriage({
    gateway,
    onFault: (error) => faults.push(error instanceof Error ? error.message : String(error)),
    onUnreadable: () => faults.push('the reply has no label'),
  });
  const route = routeTo(options);
  const given: { row: z.infer<typeof rowSchema>; label: Handling | 'none'; labelMs: number; verdictMs: number }[] = [];

  const waiting = rows.values();
  const work = async () => {
    for (const row of waiting) {
      const start = performance.now();
      const signal = AbortSignal.timeout(30_000);
      const judgement = triage({ text: row.text, route, owner: { siteId: 'eval' }, signal });
      const label = (await judgement.handling) ?? 'none';
      const labelMs = performance.now() - start;
      await judgement.verdict;
      given.push({ row, label, labelMs, verdictMs: performance.now() - start });
      options.onProgress(given.length, rows.length);
    }
  };
  try {
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
  } finally {
    await gateway.close();
  }

  const known = given.filter(({ row }) => row.handling !== undefined);
  const labelled = given.filter(({ label }) => label !== 'none');
  const costs = calls.map(({ costUsd }) => costUsd);
  const total = costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0);
  return {
    model: options.model,
    texts: rows.length,
    unlabelled: given.length - labelled.length,
    faults: countEach(faults),
    labels: countEach(given.map(({ label }) => label)),
    ...(known.length === 0
      ? {}
      : { accuracy: rounded(share(known.filter(({ row, label }) => row.handling === label).length, known.length)) }),
    confusion: countPairs(known.map(({ row, label }) => [row.handling ?? '', label])),
    byIntent: countPairs(given.flatMap(({ row, label }) => (row.intent === undefined ? [] : [[row.intent, label]]))),
    labelMs: quantiles(labelled.map(({ labelMs }) => labelMs)),
    verdictMs: quantiles(labelled.map(({ verdictMs }) => verdictMs)),
    tokens: {
      prompt: calls.reduce((sum, { usage }) => sum + usage.promptTokens, 0),
      completion: calls.reduce((sum, { usage }) => sum + usage.completionTokens, 0),
    },
    ...(costs.includes(undefined) ? {} : { costUsd: rounded(total, 6) }),
  };
}

export function showIntents(report: IntentsReport): string {
  const { model, texts, unlabelled, faults, accuracy, labelMs, verdictMs, tokens, costUsd, confusion, byIntent } =
    report;
  const figures = table([
    ['model', 'texts', 'unlabelled', 'accuracy', 'label p50 ms', 'p95', 'verdict p50 ms', 'p95', 'tokens', 'cost $'],
    [
      model,
      texts,
      unlabelled,
      accuracy?.toFixed(3) ?? '–',
      labelMs.p50,
      labelMs.p95,
      verdictMs.p50,
      verdictMs.p95,
      tokens.prompt + tokens.completion,
      costUsd ?? 'unknown',
    ],
  ]);
  const why = Object.entries(faults).map(([message, count]) => `${count} × ${message}`);
  const counted = Object.keys(confusion).length > 0 ? confusion : byIntent;
  if (Object.keys(counted).length === 0) return [figures, ...why].join('\n');
  const labels = [...HANDLINGS, 'none'];
  const rows = Object.entries(counted)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, counts]) => [name, ...labels.map((label) => counts[label] ?? 0)]);
  const counts = table([[counted === confusion ? 'expected label' : 'intent', ...labels], ...rows]);
  return [figures, ...why, '', counts].join('\n');
}

function routeTo({ endpoint, apiKey, model, prices }: IntentsOptions): Route {
  const known = REFERENCE_MODELS.find(({ id }) => id === model);
  const output = prices.output ?? known?.outputUsdPerMillion;
  const price = {
    ...(prices.input === undefined ? {} : { inputUsdPerMillion: prices.input }),
    ...(output === undefined ? {} : { outputUsdPerMillion: output }),
  };
  return {
    tier: 'instant',
    region: 'us-east',
    maxTokens: INSTANT_MAX_TOKENS,
    why: 'named on the command line',
    models: [
      {
        id: model,
        upstreamName: model,
        price,
        profile: familyProfile(model),
        endpoint: { id: 'eval', baseUrl: endpoint, ...(apiKey === undefined ? {} : { apiKey }) },
      },
    ],
  };
}

const quantiles = (values: readonly number[]) => ({
  p50: rounded(percentile(values, 0.5), 0),
  p95: rounded(percentile(values, 0.95), 0),
});

function countEach(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function countPairs(pairs: readonly (readonly string[])[]): Record<string, Record<string, number>> {
  const groups = new Map<string, string[]>();
  for (const [group = '', name = ''] of pairs) groups.set(group, [...(groups.get(group) ?? []), name]);
  return Object.fromEntries([...groups].map(([group, names]) => [group, countEach(names)]));
}
