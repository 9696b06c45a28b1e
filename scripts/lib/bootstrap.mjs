/** The common start of every command: checks Node, enters the project's folder, creates a runner, reports failures. */
import './node-version.mjs';
import { fileURLToPath } from 'node:url';
import { watchParent } from './parent-watch.mjs';
import { createRunner } from './runner.mjs';
import { StepFailed } from './steps.mjs';

/** If a step fails, the process prints the step's message and exits with 1. */
export function bootstrap() {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  process.chdir(root);
  watchParent();
  process.on('uncaughtException', reportAndExit);
  const { run, release } = createRunner();
  return {
    root,
    run,
    isRoot: process.getuid?.() === 0,
    /** Leaves signals and failures to the program that runs in this process next. */
    handOver() {
      release();
      process.removeListener('uncaughtException', reportAndExit);
    },
  };
}

/** @param {unknown} error */
function reportAndExit(error) {
  console.error(error instanceof StepFailed ? error.message : error);
  process.exit(1);
}
