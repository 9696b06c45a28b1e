/** `npm start`: installs, builds and runs Firstword in this process. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bootstrap } from './lib/bootstrap.mjs';
import { buildStep } from './lib/build.mjs';
import { packagesStep } from './lib/packages.mjs';
import { programsStep, redisServer } from './lib/programs.mjs';
import { createSteps } from './lib/steps.mjs';

const { root, run, isRoot, handOver } = bootstrap();
const step = createSteps({ out: process.stdout });
if (existsSync('.env')) process.loadEnvFile('.env');

await step(packagesStep({ root, run }));
if (!process.env.REDIS_URL) await step(programsStep({ programs: [redisServer], run, env: process.env, isRoot }));
await step(buildStep({ root, run }));

handOver();
const built = (/** @type {string[]} */ ...path) => import(pathToFileURL(join(root, ...path)).href);
const [{ runProcess }, { demo }] = await Promise.all([
  built('server', 'dist', 'run.js'),
  built('tools', 'demo', 'dist', 'demo.js'),
]);
await runProcess(demo);
