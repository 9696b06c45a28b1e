/** The demo engine with the latency profile `BENCH_PROFILE`, in its own process. Exits when its stdin closes. */
import { createDemoEngine } from '@firstword/demo/demo-engine';
import { keysOf } from '@firstword/shared/keys-of';
import { z } from 'zod';
import { createLatencyProfile, LATENCY_PROFILES } from './latency-profile.ts';

const environment = z.object({
  BENCH_PROFILE: z.enum(keysOf(LATENCY_PROFILES)),
  BENCH_PACE: z.enum(['real', 'instant']),
  BENCH_SEED: z.coerce.number().int(),
  PORT: z.coerce.number().int().min(0).max(65_535),
});
const { BENCH_PROFILE: profile, BENCH_PACE: pace, BENCH_SEED: seed, PORT } = environment.parse(process.env);

const engine = createDemoEngine({
  pace,
  region: 'us-east',
  ttftMs: createLatencyProfile(LATENCY_PROFILES[profile], seed),
});
const { port } = await engine.listen(PORT, '127.0.0.1');
console.log(JSON.stringify({ listening: port }));
process.on('SIGINT', () => undefined); // Ctrl-C reaches the whole group; the parent stops this process
process.stdin.once('end', () => void engine.close().then(() => process.exit(0))).resume();
