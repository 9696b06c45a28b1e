/** `npm run dev`: like `npm start`, and rebuilds or restarts on every change. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from './lib/bootstrap.mjs';
import { buildStampFile, buildStep, builtWorkspaces } from './lib/build.mjs';
import { packagesStep } from './lib/packages.mjs';
import { programsStep, redisServer } from './lib/programs.mjs';
import { createSteps } from './lib/steps.mjs';

const { root, run, isRoot } = bootstrap();
const step = createSteps({ out: process.stdout });
if (existsSync('.env')) process.loadEnvFile('.env');

await step(packagesStep({ root, run }));
if (!process.env.REDIS_URL) await step(programsStep({ programs: [redisServer], run, env: process.env, isRoot }));
await step(buildStep({ root, run }));

rmSync(buildStampFile(root), { force: true }); // the watchers change dist from now on
const bin = (/** @type {string} */ name) => join(root, 'node_modules', '.bin', name);
const watchers = builtWorkspaces(root)
  .filter((workspace) => workspace === 'widget' || workspace === 'console')
  .map((workspace) =>
    run(process.execPath, [bin('vite'), 'build', '--watch', '--logLevel', 'warn'], {
      cwd: join(root, workspace),
      show: true,
    }),
  );
const server = run(process.execPath, [bin('tsx'), 'watch', '--clear-screen=false', 'tools/demo/src/dev.ts'], {
  show: true,
});
await Promise.race([server, ...watchers]);
process.kill(process.pid, 'SIGTERM'); // one program ended: end the others
