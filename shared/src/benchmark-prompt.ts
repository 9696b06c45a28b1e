/** `npm run bench:models` sends exactly this; the demo engine knows it. */
export const BENCHMARK_PROMPT = 'Explain recursion in 200 words';
