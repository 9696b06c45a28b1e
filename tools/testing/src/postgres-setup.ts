/** Vitest's global setup: one PostgreSQL for all projects of a run. */
import { startTestPostgres, type TestPostgres } from './test-database.ts';

let running: Promise<TestPostgres> | undefined;

/** Called by each project of the run, in one process. */
export async function setup(): Promise<void> {
  running ??= startTestPostgres();
  await running;
}

export async function teardown(): Promise<void> {
  const started = await running;
  running = undefined;
  await started?.stop();
}
