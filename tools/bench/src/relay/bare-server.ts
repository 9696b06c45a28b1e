/** The bare relay, in a process of its own. */
import { startBareRelay } from './bare-relay.ts';
import { serveParent } from './bench-process.ts';

const relay = await startBareRelay(process.argv[2] ?? '');
serveParent(relay.port, {}, relay.close);
