/**
 * The wait for the first word with the demo engine at reference pace, three ways in turn within one run: the engine
 * asked directly, the product, and the product sorting first and answering after.
 */
import { request } from 'undici';
import { type BenchResult, round, summarise } from './report.ts';
import { connectVisitor } from './visitor.ts';
import { createWorkbench } from './workbench.ts';

const QUESTION = 'How long do I have to return an item?';

export async function benchFirstToken(rounds: number, onRound: (done: number) => void): Promise<BenchResult> {
  const bench = await createWorkbench('real');
  try {
    const speculative = await connectVisitor((await bench.startWeb()).port);
    const routing = { mode: 'sequential', holdCapMs: 220, defaultRegion: 'us-east' } as const;
    const sequential = await connectVisitor((await bench.startWeb({ routing })).port);
    const waits = { direct: [] as number[], product: [] as number[], oneAfterTheOther: [] as number[] };
    for (let round = -1; round < rounds; round++) {
      const direct = await askEngine(bench.engineUrl);
      const product = (await speculative.ask(QUESTION)).firstMs;
      const oneAfterTheOther = (await sequential.ask(QUESTION)).firstMs;
      if (round < 0) continue; // the first round opens connections and warms the code
      waits.direct.push(direct);
      waits.product.push(product);
      waits.oneAfterTheOther.push(oneAfterTheOther);
      onRound(round + 1);
    }
    speculative.close();
    sequential.close();
    const series = {
      'engine asked directly': summarise(waits.direct),
      'Firstword (send → first delta at the client)': summarise(waits.product),
      'one after the other': summarise(waits.oneAfterTheOther),
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
async function askEngine(baseUrl: string): Promise<number> {
  const sentAt = performance.now();
  const { body } = await request(`${baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'deepseek-v4-flash',
      stream: true,
      max_tokens: 200,
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
  return firstMs;
}
