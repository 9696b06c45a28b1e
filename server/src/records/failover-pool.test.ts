import { expect, test } from 'vitest';
import { createFailoverPool } from './failover-pool.ts';
import { RecordsError } from './records-error.ts';

type State = 'primary' | 'standby' | 'away' | 'busy';

/** Servers by their names, whose states a test changes. */
function serversWith(states: Record<string, State>) {
  const names = Object.keys(states);
  const switches: (string | undefined)[] = [];
  let held = 0;
  const clientOf = (server: string) => ({
    server,
    release() {
      held -= 1;
    },
  });
  const idle = new Map(names.map((name) => [name, clientOf(name)]));
  const pools = names.map((name) => ({
    async connect() {
      if (states[name] === 'away') throw new RecordsError('unavailable', `connect ECONNREFUSED ${name}`);
      if (states[name] === 'busy') throw new RecordsError('unavailable', 'timeout exceeded when trying to connect');
      held += 1;
      return idle.get(name) ?? clientOf(name);
    },
    renew: () => void idle.set(name, clientOf(name)),
    counts: () => ({ open: 3, idle: 2, waiting: 1 }),
    end: async () => {},
  }));
  const asked: string[] = [];
  const pool = createFailoverPool(pools, {
    isWritable: async ({ server }) => {
      asked.push(server);
      return states[server] === 'primary';
    },
    onSwitch: (index) => switches.push(names[index]),
  });
  /** The server that a query runs on, or why it doesn't. */
  const use = async () => {
    try {
      const client = await pool.connect();
      client.release();
      return client.server;
    } catch (error) {
      return String(error);
    }
  };
  return { pool, states, use, switches, asked, held: () => held };
}

test('queries run on the server that accepts writes, whichever place it has', async () => {
  const { use, switches, held } = serversWith({ one: 'standby', two: 'primary' });
  expect([await use(), await use()]).toEqual(['two', 'two']);
  expect(switches).toEqual(['two']);
  expect(held()).toBe(0);
});

test('after a failover they run on the former standby, and stay there when the former primary is back', async () => {
  const { states, use, switches } = serversWith({ one: 'primary', two: 'standby' });
  const used = [await use()];
  states.one = 'away';
  used.push(await use()); // not promoted yet: it can be read
  states.two = 'primary';
  used.push(await use());
  states.one = 'standby';
  used.push(await use());
  expect(used).toEqual(['one', 'two', 'two', 'two']);
  expect(switches).toEqual(['two']);
});

test('a connection is asked once whether it accepts writes, and again when a write was refused', async () => {
  const { pool, states, use, asked } = serversWith({ one: 'primary', two: 'standby' });
  await use();
  await use();
  expect(asked).toEqual(['one']);
  states.one = 'standby';
  states.two = 'primary';
  pool.renew();
  expect(await use()).toBe('two');
});

test('a server whose connections are all in use is waited for, not left', async () => {
  const { states, use, switches } = serversWith({ one: 'primary', two: 'standby' });
  states.one = 'busy';
  expect(await use()).toContain('timeout exceeded');
  expect(switches).toEqual([]);
});

test('while no server answers, the reason is that of the one last in use', async () => {
  const { states, use, held } = serversWith({ one: 'away', two: 'primary', three: 'away' });
  await use();
  states.two = 'away';
  expect(await use()).toBe('RecordsError: connect ECONNREFUSED two');
  expect(held()).toBe(0);
});

test('connections are counted over all servers', () => {
  const { pool } = serversWith({ one: 'primary', two: 'standby' });
  expect(pool.counts()).toEqual({ open: 6, idle: 4, waiting: 2 });
});
