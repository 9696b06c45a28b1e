/**
 * The wait for the first word with the demo engine at reference pace, three ways in turn within one run: the engine
 * asked directly, the product, and the plain pipeline that classifies first and answers after.
 */
import { request } from 'undici';
import { type BenchResult, round, summarise } from './report.ts';
import { connectVisitor } from './visitor.ts';
import { createWorkbench } from './workbench.ts';

const QUESTION = 'How long do I have to return an item?';
/** As in the reference pipeline: `{"intent": …, "confidence": …}`. */
const VERDICT_TOKENS = 12;

export async function benchFirstToken(rounds: number, onRound: (done: number) => void): Promise<BenchResult> {
  const bench = await createWorkbench('real');
  try {
    const visitor = await connectVisitor((await bench.startWeb()).port);
    const waits = { direct: [] as number[], product: [] as number[], oneAfterTheOther: [] as number[] };
    for (let round = -1; round < rounds; round++) {
      const direct = await firstTokenMs(bench.engineUrl);
      const product = (await visitor.ask(QUESTION)).firstMs;
      const oneAfterTheOther = (await classifyMs(bench.engineUrl)) + (await firstTokenMs(bench.engineUrl));
      if (round < 0) continue; // the first round opens connections and warms the code
      waits.direct.push(direct);
      waits.product.push(product);
      waits.oneAfterTheOther.push(oneAfterTheOther);
      onRound(round + 1);
    }
    visitor.close();
    const series = {
      'engine asked directly': summarise(waits.direct),
      'Firstword (send → first delta at the client)': summarise(waits.product),
      'a 12-token verdict first, then the answer': summarise(waits.oneAfterTheOther),
    };
    const [direct, product, slow] = Object.values(series).map(({ p50 }) => p50) as [number, number, number];
    return {
      target: 'first-token',
      about: 'wait for the first word, demo engine at reference pace, medians of interleaved runs',
      series,
      ratios: { 'product / direct': round(product / direct), 'one after the other / product': round(slow / product) },
    };
  } finally {
    await bench.close();
  }
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
