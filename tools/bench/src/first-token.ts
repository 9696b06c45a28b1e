/**
 * Compares TTFT three ways in one run: the engine directly, the product, and a sequential pipeline that classifies before
 * it answers. First with the demo engine's constant reference TTFT, then with a heavy-tailed upstream.
 */
import type { BenchResult } from '@firstword/server/cli/bench-models/bench-report';
import { defaultConfig } from '@firstword/server/config/config';
import { round, type Series, summarise } from '@firstword/server/evaluation/series';
import { request } from 'undici';
import { startUpstream } from './upstream.ts';
import { connectVisitor } from './visitor.ts';
import { createWorkbench } from './workbench.ts';

const QUESTION = 'How long do I have to return an item?';
/** As in the reference pipeline: `{"intent": …, "confidence": …}`. */
const VERDICT_TOKENS = 12;

/** The default hedge, which the workbench turns off. */
const ROUTING = { hedge: defaultConfig().routing.hedge };
const SEED = 20_260_520;

/** @param rounds for each latency profile; each round measures every way once */
export async function benchFirstToken(rounds: number, onRound: (done: number) => void): Promise<BenchResult> {
  const bench = await createWorkbench('real');
  const upstream = await startUpstream('heavy-tail', 'real', SEED);
  try {
    const steady = await bench.startWeb({ routing: ROUTING });
    const heavyTail = await bench.startWeb({
      routing: ROUTING,
      endpoint: { id: 'upstream', baseUrl: upstream.baseUrl },
    });
    const constant = await measure(bench.engineUrl, steady.port, rounds, onRound);
    const lognormal = await measure(upstream.baseUrl, heavyTail.port, rounds, (done) => onRound(rounds + done));
    const [steadyTtft, heavyTtft] = [summariseAll(constant), summariseAll(lognormal)];
    const named = (profile: string, waits: Waits<Series>) =>
      Object.entries(waits).map(([way, series]) => [`${profile}: ${WAYS[way]}`, series] as const);
    return {
      target: 'first-token',
      about: 'TTFT at reference pace (constant) and with a heavy tail (lognormal, p50 180 ms, p99 1500 ms)',
      series: Object.fromEntries([...named('constant', steadyTtft), ...named('lognormal', heavyTtft)]),
      ratios: {
        'product / direct': round(steadyTtft.product.p50 / steadyTtft.direct.p50),
        'sequential / product': round(steadyTtft.sequential.p50 / steadyTtft.product.p50),
        'lognormal: product / direct': round(heavyTtft.product.p50 / heavyTtft.direct.p50),
        'lognormal: product / direct, p95': round(heavyTtft.product.p95 / heavyTtft.direct.p95),
        'lognormal: sequential / product': round(heavyTtft.sequential.p50 / heavyTtft.product.p50),
      },
    };
  } finally {
    await bench.close();
    await upstream.close();
  }
}

const WAYS: Readonly<Record<string, string>> = {
  direct: 'engine directly',
  product: 'Firstword (send → first delta at the client)',
  sequential: 'a 12-token verdict first, then the answer',
};

/** A value for each way. */
interface Waits<Of> {
  readonly direct: Of;
  readonly product: Of;
  readonly sequential: Of;
}

function summariseAll({ direct, product, sequential }: Waits<readonly number[]>): Waits<Series> {
  return {
    direct: summarise(direct),
    product: summarise(product),
    sequential: summarise(sequential),
  };
}

async function measure(
  baseUrl: string,
  port: number,
  rounds: number,
  onRound: (done: number) => void,
): Promise<Waits<number[]>> {
  const visitor = await connectVisitor(port);
  const waits: Waits<number[]> = { direct: [], product: [], sequential: [] };
  for (let round = -1; round < rounds; round++) {
    const direct = await firstTokenMs(baseUrl);
    const product = (await visitor.ask(QUESTION)).firstMs;
    const sequential = (await classifyMs(baseUrl)) + (await firstTokenMs(baseUrl));
    if (round < 0) continue; // the first round warms up connections and code
    waits.direct.push(direct);
    waits.product.push(product);
    waits.sequential.push(sequential);
    onRound(round + 1);
  }
  visitor.close();
  return waits;
}

/** Request sent → first content token, with a plain HTTP client. */
async function firstTokenMs(baseUrl: string): Promise<number> {
  return (await ask(baseUrl, 'deepseek-v4-flash', 200)).firstMs;
}

/** Request sent → last token of a 12-token verdict, which a sequential pipeline reads completely. */
async function classifyMs(baseUrl: string): Promise<number> {
  return (await ask(baseUrl, 'qwen3-8b', VERDICT_TOKENS)).totalMs;
}

async function ask(baseUrl: string, model: string, maxTokens: number): Promise<{ firstMs: number; totalMs: number }> {
  const sentAt = performance.now();
  const { body } = await request(`${baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model,
      stream: true,
      max_tokens: maxTokens,
      messages: [{ role: 'user', content: `Visitor's message:\n${QUESTION}` }],
    }),
  });
  let firstMs: number | undefined;
  let text = '';
  for await (const chunk of body) {
    text += chunk;
    if (firstMs === undefined && /"content":"[^"]/.test(text)) firstMs = performance.now() - sentAt;
  }
  if (firstMs === undefined) throw new Error('The engine returned no content.');
  return { firstMs, totalMs: performance.now() - sentAt };
}
