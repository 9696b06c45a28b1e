import { expect, test } from 'vitest';
import { BENCHES, readBenchCommand, USAGE } from './bench-options.ts';

test('lists the benches without a name and with --help', () => {
  for (const args of [[], ['--help'], ['-h'], ['help'], ['added', '--help']])
    expect(readBenchCommand(args)).toBe('help');
  for (const name of BENCHES.keys()) expect(USAGE).toContain(`  ${name} `);
});

test('parses names, rounds and "all"', () => {
  expect(readBenchCommand(['added', 'stop', '--rounds', '3', '--json'])).toEqual({
    names: ['added', 'stop'],
    rounds: 3,
    rivals: false,
    dataDir: undefined,
    json: true,
  });
  expect(readBenchCommand(['console', '--data', '/var/tmp/year'])).toMatchObject({ dataDir: '/var/tmp/year' });
  expect(readBenchCommand(['all'])).toMatchObject({ names: [...BENCHES.keys()], rounds: undefined });
});

test.each([
  [['first-tokn'], 'Unknown bench "first-tokn". Did you mean "first-token"? Known: '],
  [['added', '--rounds', '0'], '--rounds: "0" is not allowed. Use a whole number, 1 or more.'],
  [['added', '--round', '3'], 'Unknown option "--round". Did you mean "--rounds"?'],
])('the error for %j names what was given and what is allowed', (args, message) => {
  expect(() => readBenchCommand(args)).toThrow(message);
});
