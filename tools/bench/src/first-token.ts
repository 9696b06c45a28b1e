/**
 * The wait for the first word, three ways in turn within one run: the engine asked directly, the product, and the plain
 * pipeline that classifies first and answers after; with the demo engine at reference pace, then in bad weather.
 */

import { type BenchResult, round, type Series, summarise } from '@firstword/server/cli/bench-models/bench-report';
import { defaultConfig } from '@firstword/server/config';
import { request } from 'undici';
import { startUpstream } from './upstream.ts';
import { connectVisitor } from './visitor.ts';
import { createWorkbench } from './workbench.ts';

const QUESTION = 'How long do I have to return an item?';
/** As in the reference pipeline: `{"intent": …, "confidence": …}`. */
const VERDICT_TOKENS = 12;

/** The default, which the workbench turns off. */
const ROUTING = { hedge: defaultConfig().routing.hedge };
const SEED = 20_260_520;

/** @param rounds of each weather; one of each way in a round */
export async function benchFirstToken(rounds: number, onRound: (done: number) => void): Promise<BenchResult> {
  const bench = await createWorkbench('real');
  const weather = await startUpstream('heavy-tail', 'real', SEED);
  try {
    const steady = await bench.startWeb({ routing: ROUTING });
    const stormy = await bench.startWeb({ routing: ROUTING, endpoint: { id: 'weather', baseUrl: weather.baseUrl } });
    const constant = await measure(bench.engineUrl, steady.port, rounds, onRound);
    const lognormal = await measure(weather.baseUrl, stormy.port, rounds, (done) => onRound(rounds + done));
    const [calm, storm] = [summariseAll(constant), summariseAll(lognormal)];
    const named = (weather: string, waits: Waits<Series>) =>
      Object.entries(waits).map(([way, series]) => [`${weather}: ${WAYS[way]}`, series] as const);
    return {
      target: 'first-token',
      about: 'wait for the first word, reference pace (constant) and a heavy tail (lognormal, p50 180 ms, p99 1500 ms)',
      series: Object.fromEntries([...named('constant', calm), ...named('lognormal', storm)]),
      ratios: {
        'product / direct': round(calm.product.p50 / calm.direct.p50),
        'one after the other / product': round(calm.oneAfterTheOther.p50 / calm.product.p50),
        'lognormal: product / direct': round(storm.product.p50 / storm.direct.p50),
        'lognormal: product / direct, p95': round(storm.product.p95 / storm.direct.p95),
        'lognormal: one after the other / product': round(storm.oneAfterTheOther.p50 / storm.product.p50),
      },
    };
  } finally {
    await bench.close();
    await weather.close();
  }
}

const WAYS: Readonly<Record<string, string>> = {
  direct: 'engine asked directly',
  product: 'Firstword (send → first delta at the client)',
  oneAfterTheOther: 'a 12-token verdict first, then the answer',
};

/** Something of each way. */
interface Waits<Of> {
  readonly direct: Of;
  readonly product: Of;
  readonly oneAfterTheOther: Of;
}

function summariseAll({ direct, product, oneAfterTheOther }: Waits<readonly number[]>): Waits<Series> {
  return {
    direct: summarise(direct),
    product: summarise(product),
    oneAfterTheOther: summarise(oneAfterTheOther),
  };
}

async function measure(
  baseUrl: string,
  port: number,
  rounds: number,
  onRound: (done: number) => void,
): Promise<Waits<number[]>> {
  const visitor = await connectVisitor(port);
  const waits: Waits<number[]> = { direct: [], product: [], oneAfterTheOther: [] };
  for (let round = -1; round < rounds; round++) {
    const direct = await firstTokenMs(baseUrl);
    const product = (await visitor.ask(QUESTION)).firstMs;
    const oneAfterTheOther = (await classifyMs(baseUrl)) + (await firstTokenMs(baseUrl));
    if (round < 0) continue; // the first round opens connections and warms the code
    waits.direct.push(direct);
    waits.product.push(product);
    waits.oneAfterTheOther.push(oneAfterTheOther);
    onRound(round + 1);
  }
  visitor.close();
  return waits;
}

/** Request sent → first content token, as a bare client sees it. */
async function firstTokenMs(baseUrl: string): Promise<number> {
  return (await ask(baseUrl, 'deepseek-v4-flash', 200)).firstMs;
}

/** Request sent → last token of a verdict as long as a small JSON object, which the plain pipeline reads whole. */
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
  if (firstMs === undefined) throw new Error('the engine said nothing');
  return { firstMs, totalMs: performance.now() - sentAt };
}
