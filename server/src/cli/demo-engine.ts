/** Starts the demo engine for commands, in its own process, so that measuring doesn't affect its timing. */
import { fileURLToPath } from 'node:url';
import type { Region } from '@firstword/shared/catalog';
import { createLog } from '../lib/log.ts';
import { startChildServer } from '../local/child-server.ts';

export async function startDemoEngine(
  region: Region = 'us-east',
): Promise<{ baseUrl: string; stop: () => Promise<void> }> {
  const engine = await startChildServer({
    name: 'The demo engine',
    entry: fileURLToPath(new URL('../../../tools/demo/src/demo-engine-main.ts', import.meta.url)),
    env: {
      ...process.env,
      DEMO_PACE: 'real',
      DEMO_REGION: region,
      // The child process runs TypeScript as well.
      NODE_OPTIONS: `--import ${import.meta.resolve('tsx')}`,
    },
    log: createLog('error'),
  });
  return { baseUrl: `http://127.0.0.1:${engine.port}/v1`, stop: engine.stop };
}
