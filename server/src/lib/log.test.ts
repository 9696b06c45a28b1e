import { expect, test } from 'vitest';
import { createLog } from './log.ts';

test('what a client sends can neither begin a line of the log nor act on a terminal', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => void lines.push(line) });
  const name = 'a\n{"level":50}\r\u001b[2J\u009b2J\u007f\u2028\u202egpj.exe\u2066';
  log.warn({ name }, `refused ${name}`);
  const [line = ''] = lines;
  expect(lines).toHaveLength(1);
  expect(line).toMatch(/^[\u0020-\u007e]+\n$/);
  expect(JSON.parse(line)).toMatchObject({ name, msg: `refused ${name}` });
});
