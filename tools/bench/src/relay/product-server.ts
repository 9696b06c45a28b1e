/** The product's web process under load, complete, with a Redis that writes every change to disk. */
import { createWorkbench } from '../workbench.ts';
import { serveParent } from './bench-process.ts';

const bench = await createWorkbench('instant');
const app = await bench.startWeb({ endpoint: { id: 'upstream', baseUrl: process.argv[2] ?? '' } });
serveParent(app.port, {}, () => bench.close());
