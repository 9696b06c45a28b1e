/** Runs a TypeScript command from its source: `node scripts/cli.mjs server/src/cli/agent.ts add …`. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bootstrap } from './lib/bootstrap.mjs';
import { packagesStep } from './lib/packages.mjs';
import { createSteps } from './lib/steps.mjs';

const { root, run, handOver } = bootstrap();
const entry = resolve(process.argv[2] ?? '');
// To stderr, because the command may print JSON to stdout.
await createSteps({ out: process.stderr, quietWhenDone: true })(packagesStep({ root, run }));
if (existsSync('.env')) process.loadEnvFile('.env');

handOver();
process.argv.splice(1, 2, entry);
const { register } = await import('tsx/esm/api');
register();
await import(pathToFileURL(entry).href);
