import { expect, test } from 'vitest';
import { createPasswords, SCRYPT_COST } from './passwords.ts';

const cheap = createPasswords({ N: 16, r: 1, p: 1 });

test('only the right password is accepted, in any Unicode normalization', async () => {
  const stored = await cheap.hash('caf\u00e9 at the corner');
  expect(await cheap.verify('cafe\u0301 at the corner', stored)).toBe(true);
  for (const wrong of ['café at the corner ', 'Café at the corner', '', 'caf'])
    expect(await cheap.verify(wrong, stored)).toBe(false);
});

test('the same password has a different hash each time', async () => {
  expect(await cheap.hash('one password')).not.toBe(await cheap.hash('one password'));
});

test('a hash with another cost is still accepted', async () => {
  const stored = await createPasswords({ N: 32, r: 2, p: 2 }).hash('one password');
  expect(stored).toMatch(/^scrypt\$32\$2\$2\$/);
  expect(await cheap.verify('one password', stored)).toBe(true);
});

test('no password is accepted for an unknown account', async () => {
  expect(await cheap.verify('anything', undefined)).toBe(false);
});

test('verifying an unknown account takes as much work as a known one', async () => {
  const passwords = createPasswords({ N: 2 ** 13, r: 8, p: 1 });
  const stored = await passwords.hash('one password');
  const work = async (of: string | undefined) => {
    const started = process.cpuUsage();
    await passwords.verify('a wrong password', of);
    const { user, system } = process.cpuUsage(started);
    return user + system;
  };
  await work(undefined); // computes the placeholder hash
  const [known, unknown]: [number[], number[]] = [[], []];
  for (let round = 0; round < 8; round++) {
    known.push(await work(stored));
    unknown.push(await work(undefined));
  }
  // The least of several, because what else this process does only adds.
  const ratio = Math.min(...unknown) / Math.min(...known);
  expect(ratio).toBeGreaterThan(0.7);
  expect(ratio).toBeLessThan(1.4);
});

test('the production cost is at least 32 MB', () => {
  expect(128 * SCRYPT_COST.N * SCRYPT_COST.r).toBeGreaterThanOrEqual(32 * 1024 * 1024);
});
