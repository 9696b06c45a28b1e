import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { createMemoryWatch } from '../src/realtime/memory-watch.ts';

test('a process with free memory is not short of memory', () => {
  const watch = createMemoryWatch();
  expect(watch.isShort()).toBe(false);
  watch.stop();
});

/** Fills a small heap with live objects or with garbage, until the watch or the limit ends the process. */
const FILL = `
import { setTimeout as pause } from 'node:timers/promises';
import { createMemoryWatch } from ${JSON.stringify(new URL('../src/realtime/memory-watch.ts', import.meta.url).href)};
const watch = createMemoryWatch();
const kept = [];
for (let n = 0; n < 1000 && !watch.isShort(); n++) {
  if (process.argv[1] === 'rubbish') kept.length = 0;
  // In small steps, as visitors arrive: a jump past the limit ends the process before a collection can be seen.
  for (let i = 0; i < 1000; i++) kept.push({ i, text: 'x' + i });
  await pause(1);
}
console.log(watch.isShort() ? 'short' : 'room');
process.exit(0);
`;

test.each([
  ['kept', 'short'],
  ['rubbish', 'room'],
])(
  'a small heap that fills with what is %s: %s',
  (what, expected) => {
    const node = ['--import', 'tsx', '--max-old-space-size=40', '--input-type=module', '--eval', FILL, what];
    expect(spawnSync(process.execPath, node, { encoding: 'utf8' }).stdout.trim()).toBe(expected);
  },
  30_000,
);
