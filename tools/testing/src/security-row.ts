/** Names what a security test tried and what it saw, for the table of `npm run test:security`. */
import type { RunnerTestCase } from 'vitest';

export interface SecurityRow {
  /** The attack's number (`S22`), or a short name where it has none. */
  readonly id: string;
  /** With the count: `150 sockets from one address`. */
  readonly tried: string;
  /** With the figure: `0 of 40 messages of another site refused`. */
  readonly result: string;
}

declare module 'vitest' {
  interface TaskMeta {
    securityRow?: SecurityRow;
  }
}

/** Called last in a test, so that a row of the table stands only for what has passed. */
export function addSecurityRow(task: Pick<RunnerTestCase, 'meta'>, row: SecurityRow): void {
  task.meta.securityRow = row;
}
