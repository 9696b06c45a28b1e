/** `npm test`: every check and test, from a fresh clone. The last line is `N passed, N failed`. */
import { bootstrap } from './lib/bootstrap.mjs';
import { createChecks } from './lib/checks.mjs';
import { runStages } from './lib/stages.mjs';

const failed = await runStages(createChecks({ ...bootstrap(), browser: true }), console.log);
process.exitCode = failed === 0 ? 0 : 1;
