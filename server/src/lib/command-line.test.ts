import { expect, test } from 'vitest';
import { parseCommandLine, UsageError, unknownName } from './command-line.ts';

test.each([
  ['relai', 'Unknown bench "relai". Did you mean "relay"? Known: relay, first-token.'],
  ['firsttoken', 'Unknown bench "firsttoken". Did you mean "first-token"? Known: relay, first-token.'],
  ['first', 'Unknown bench "first". Did you mean "first-token"? Known: relay, first-token.'],
  ['nothing', 'Unknown bench "nothing". Known: relay, first-token.'],
])('the error for the unknown name %s lists what is known, and the nearest name', (given, message) => {
  expect(unknownName('bench', given, ['relay', 'first-token'])).toBe(message);
});

test('the error for an unknown option names the nearest option', () => {
  const parse = (args: string[]) => parseCommandLine({ args, options: { rounds: { type: 'string' } } });
  expect(parse(['--rounds', '3']).values.rounds).toBe('3');
  expect(() => parse(['--round', '3'])).toThrow(UsageError);
  expect(() => parse(['--round', '3'])).toThrow('Unknown option "--round". Did you mean "--rounds"? Known: --rounds.');
});
