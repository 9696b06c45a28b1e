import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Real processes and browsers share the machine, so a polled condition may take seconds. A flaky test is mended, never retried. */
const patient = { expect: { poll: { timeout: 10_000 } }, retry: 0 };

/** The server's tests wait for clocks, processes and sockets most of the time: two workers use 35% of two processors. */
const waiting = { maxWorkers: 2 * Math.max(2, availableParallelism()), sequence: { groupOrder: 1 } };

/** They need modules that no other test file has loaded. */
const REPLACING_MODULES = ['server/test/start-order.test.ts'];
/** Six Redis servers under load need the machine for themselves. */
const ALONE = ['server/test/reliability/cluster-failover.test.ts'];

export default defineConfig({
  test: {
    // Tests wait for processes, sockets and pages most of the time; the default leaves one processor idle.
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      {
        test: {
          name: 'unit',
          retry: 0,
          // Pure functions: a fresh process for each file would cost several times what the tests do.
          isolate: false,
          include: ['{shared,server,widget,console,tools/*}/src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
          // Property tests take seconds of processor time on a busy machine.
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'server',
          isolate: false, // as above; the server's modules have no state of their own
          include: ['server/test/**/*.test.ts'],
          exclude: [...REPLACING_MODULES, ...ALONE],
          globalSetup: ['tools/testing/src/postgres-setup.ts', 'server/test/build-once.ts'],
          ...waiting,
          testTimeout: 40_000,
          hookTimeout: 40_000,
          ...patient,
        },
      },
      {
        test: {
          name: 'replacing',
          include: REPLACING_MODULES,
          globalSetup: ['tools/testing/src/postgres-setup.ts'],
          ...waiting,
          testTimeout: 40_000,
          hookTimeout: 40_000,
          ...patient,
        },
      },
      {
        test: {
          // Not part of `npm test`: `npx vitest run --project alone`
          name: 'alone',
          include: ALONE,
          globalSetup: ['tools/testing/src/postgres-setup.ts'],
          ...waiting,
          testTimeout: 40_000,
          hookTimeout: 40_000,
          ...patient,
        },
      },
      {
        test: {
          name: 'widget',
          isolate: false, // one browser for each worker
          include: ['widget/test/**/*.test.ts'],
          globalSetup: ['widget/test/build-once.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          ...patient,
        },
      },
      {
        test: {
          name: 'console',
          isolate: false, // one browser for each worker
          include: ['console/test/**/*.test.ts'],
          globalSetup: ['console/test/build-once.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          ...patient,
        },
      },
      {
        test: {
          name: 'e2e',
          isolate: false, // one browser for each worker
          include: ['e2e/src/**/*.test.ts'],
          globalSetup: ['tools/testing/src/postgres-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          ...patient,
        },
      },
    ],
  },
});
