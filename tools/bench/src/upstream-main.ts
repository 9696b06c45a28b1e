/** The demo engine in the weather named by `BENCH_WEATHER`, as a process of its own; ends when its stdin closes. */

import { createDemoEngine } from '@firstword/demo/demo-engine';
import { z } from 'zod';
import { createLatencyProfile, LATENCY_PROFILES, type LatencyProfileName } from './latency-profile.ts';

const environment = z.object({
  BENCH_WEATHER: z.enum(Object.keys(LATENCY_PROFILES) as [LatencyProfileName, ...LatencyProfileName[]]),
  BENCH_PACE: z.enum(['real', 'instant']),
  BENCH_SEED: z.coerce.number().int(),
  PORT: z.coerce.number().int().min(0).max(65_535),
});
const { BENCH_WEATHER: weather, BENCH_PACE: pace, BENCH_SEED: seed, PORT } = environment.parse(process.env);

const engine = createDemoEngine({
  pace,
  region: 'us-east',
  ttftMs: createLatencyProfile(LATENCY_PROFILES[weather], seed),
});
const { port } = await engine.listen(PORT, '127.0.0.1');
console.log(JSON.stringify({ listening: port }));
process.on('SIGINT', () => undefined); // Ctrl-C reaches the whole group; the parent ends this process
process.stdin.once('end', () => void engine.close().then(() => process.exit(0))).resume();
