import { randomBytes } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { createPasswordPool, type PasswordPool } from './password-pool.ts';
import { createPasswords } from './passwords.ts';

const COST = { N: 1024, r: 8, p: 1 };
const pools: PasswordPool[] = [];
const openPool = (waitingMax?: { known: number; unknown: number }) => {
  const pool = createPasswordPool(waitingMax);
  pools.push(pool);
  return pool;
};
const request = (password = 'one password') => ({ password, salt: randomBytes(16), cost: COST });
afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.close();
});

test('a hash from the thread is one that a command verifies, and the other way round', async () => {
  const [here, there] = [createPasswords(COST), createPasswords(COST, openPool().derive)];
  expect(await here.verify('one password', await there.hash('one password'))).toBe(true);
  expect(await there.verify('one password', await here.hash('one password'))).toBe(true);
  expect(await there.verify('another one', await here.hash('one password'))).toBe(false);
});

test('those that are known come first, and what waits is bounded for each kind', async () => {
  const { derive } = openPool({ known: 1, unknown: 2 });
  const order: string[] = [];
  const ask = (name: string, sender: 'known' | 'unknown') =>
    derive(request(), sender).then(
      () => order.push(name),
      ({ code }) => order.push(`${name} ${code}`),
    );
  await Promise.all([
    ask('running', 'unknown'),
    ask('stranger', 'unknown'),
    ask('second stranger', 'unknown'),
    ask('third stranger', 'unknown'),
    ask('owner', 'known'),
    ask('second owner', 'known'),
  ]);
  expect(order).toEqual([
    'third stranger busy',
    'second owner busy',
    'running',
    'owner',
    'stranger',
    'second stranger',
  ]);
});

test('a cost that scrypt refuses fails that password alone', async () => {
  const { derive } = openPool();
  const odd = derive({ ...request(), cost: { N: 3, r: 8, p: 1 } }, 'known');
  const next = derive(request(), 'known');
  await expect(odd).rejects.toThrow();
  expect(await next).toHaveLength(32);
});

test('what waits when the process ends is refused', async () => {
  const pool = openPool();
  const waiting = [pool.derive(request(), 'known'), pool.derive(request(), 'known')].map((key) =>
    key.catch(({ code }) => code),
  );
  await pool.close();
  expect(await Promise.all(waiting)).toEqual(['busy', 'busy']);
});
