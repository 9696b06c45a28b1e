/** The bare relay, in its own process. */
import { startBareRelay } from './bare-relay.ts';
import { serveParent } from './bench-process.ts';

const relay = await startBareRelay(process.argv[2] ?? '');
serveParent(relay.port, {}, relay.close);
