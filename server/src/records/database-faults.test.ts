import { expect, test } from 'vitest';
import { createDatabaseFaults } from './database-faults.ts';
import { RecordsError } from './records-error.ts';

const faultOf = (code: string) =>
  new RecordsError('unavailable', `The database did not answer: ${code}`, {
    cause: Object.assign(new Error(code), { code }),
  });

function createFaults() {
  const clock = { ms: 0 };
  const lines: unknown[] = [];
  const faults = createDatabaseFaults({ warn: (fields: unknown) => void lines.push(fields) }, () => clock.ms);
  return { clock, lines, faults };
}

test('a full disk is a recent fault until nothing has failed for five seconds', () => {
  const { clock, faults } = createFaults();
  expect(faults.recent()).toBeUndefined();
  faults.add(faultOf('53100'));
  clock.ms = 4999;
  expect(faults.recent()?.message).toContain('53100');
  clock.ms = 5000;
  expect(faults.recent()).toBeUndefined();
});

test.each(['40P01', '57014', '55P03', '25P03'])('%s concerns one statement, so it says nothing of others', (code) => {
  const { faults } = createFaults();
  faults.add(faultOf(code));
  expect(faults.recent()).toBeUndefined();
});

test.each(['57P03', '53300', 'ECONNREFUSED'])('%s ends with the next connection, so nothing is remembered', (code) => {
  const { faults } = createFaults();
  faults.add(faultOf(code));
  expect(faults.recent()).toBeUndefined();
});

test('each fault is logged once a minute, with its remedy', () => {
  const { clock, lines, faults } = createFaults();
  for (let count = 0; count < 1000; count++) faults.add(faultOf('53100'));
  faults.add(faultOf('25006'));
  expect(lines).toEqual([
    { code: '53100', reason: expect.stringContaining('53100'), remedy: 'Free disk space for PostgreSQL' },
    { code: '25006', reason: expect.any(String), remedy: expect.stringContaining('primary') },
  ]);
  clock.ms = 60_000;
  faults.add(faultOf('53100'));
  expect(lines).toHaveLength(3);
});

test('what passes by itself is not logged as a fault', () => {
  const { lines, faults } = createFaults();
  faults.add(faultOf('40P01'));
  expect(lines).toEqual([]);
});
