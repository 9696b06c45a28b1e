import { expect, test } from 'vitest';
import { repeatLostRaces } from './lost-races.ts';
import { RecordsError } from './records-error.ts';

const fault = (code: string) => Object.assign(new Error(`SQLSTATE ${code}`), { code });

/** Runs work that fails as often as there are errors. */
async function attempt(...errors: Error[]) {
  let tries = 0;
  const work = async () => {
    tries += 1;
    const error = errors.shift();
    if (error !== undefined) throw error;
    return 'stored';
  };
  const outcome = await repeatLostRaces(work, () => 0).catch((error: Error) => error.message);
  return { outcome, tries };
}

test.each(['40001', '40P01'])('a transaction that %s has undone is repeated', async (code) => {
  expect(await attempt(fault(code), fault(code))).toEqual({ outcome: 'stored', tries: 3 });
});

test('after five tries the error is passed on', async () => {
  const errors = Array.from({ length: 9 }, () => fault('40001'));
  expect(await attempt(...errors)).toEqual({ outcome: 'SQLSTATE 40001', tries: 5 });
});

test.each(['40003', '57014', '55P03', '23505', 'ECONNRESET'])(
  '%s is not repeated: what was written may be stored, or fails again',
  async (code) => {
    expect(await attempt(fault(code))).toEqual({ outcome: `SQLSTATE ${code}`, tries: 1 });
  },
);

test('what was repeated in vain within a transaction is not repeated again by it', async () => {
  const inner = new RecordsError('unavailable', 'deadlock detected', { cause: fault('40P01') });
  expect(await attempt(inner)).toEqual({ outcome: 'deadlock detected', tries: 1 });
});
