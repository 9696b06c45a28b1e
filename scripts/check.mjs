/** `npm run check`: `npm test` without the browser tests. */
import { bootstrap } from './lib/bootstrap.mjs';
import { createChecks } from './lib/checks.mjs';
import { runStages } from './lib/stages.mjs';

const failed = await runStages(createChecks({ ...bootstrap(), browser: false }), console.log);
process.exitCode = failed === 0 ? 0 : 1;
