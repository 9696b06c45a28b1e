/** The demo engine in its own process: prints its port as one line of JSON, exits with its parent or on SIGTERM. */
import { REFERENCE_REGIONS } from '@firstword/shared/catalog';
import { z } from 'zod';
import { createDemoEngine } from './demo-engine.ts';

const environment = z.object({
  DEMO_PACE: z.enum(['real', 'instant']).default('real'),
  DEMO_REGION: z.enum(REFERENCE_REGIONS).default('us-east'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(0),
});
const { success, data, error } = environment.safeParse(process.env);
if (!success) {
  console.error(`Cannot start the demo engine:\n${z.prettifyError(error)}`);
  process.exit(1);
}

const engine = createDemoEngine({ pace: data.DEMO_PACE, region: data.DEMO_REGION });
const { port } = await engine.listen(data.PORT, '127.0.0.1');
console.log(JSON.stringify({ listening: port }));

const exit = () => {
  engine.close().then(() => process.exit(0));
};
process.once('SIGTERM', exit);
// Ctrl-C reaches the whole process group; the parent drains first and then stops this process.
process.on('SIGINT', () => undefined);
process.stdin.once('end', exit).once('close', exit).resume();
