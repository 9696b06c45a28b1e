/** What every command begins with: the right Node, the project's folder, a runner, and failures told in one place. */
import './node-version.mjs';
import { fileURLToPath } from 'node:url';
import { watchParent } from './parent-watch.mjs';
import { createRunner } from './runner.mjs';
import { StepFailed } from './steps.mjs';

/** Ends with the process's exit code 1 and the step's own words when a step fails. */
export function bootstrap() {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  process.chdir(root);
  watchParent();
  process.on('uncaughtException', endTold);
  const { run, release } = createRunner();
  return {
    root,
    run,
    isRoot: process.getuid?.() === 0,
    /** From here on signals and failures are left to whoever comes next. */
    handOver() {
      release();
      process.removeListener('uncaughtException', endTold);
    },
  };
}

/** @param {unknown} error */
function endTold(error) {
  console.error(error instanceof StepFailed ? error.message : error);
  process.exit(1);
}
