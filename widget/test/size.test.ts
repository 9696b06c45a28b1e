import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { expect, test } from 'vitest';

const dist = path.join(path.dirname(fileURLToPath(import.meta.url)), '../dist');
const assets = readdirSync(path.join(dist, 'assets')).filter((name) => name.endsWith('.js'));
const panel = assets.find((name) => name.startsWith('panel-')) ?? 'no panel was built';

/** Kilobytes (1024 bytes) with the best brotli compression. */
function kilobytes(...file: string[]): number {
  const content = readFileSync(path.join(dist, ...file));
  return brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length / 1024;
}

test('the loader costs a page at most 8 KB', () => {
  expect(kilobytes('widget.js')).toBeLessThanOrEqual(8);
});

test('the loader, the panel and one language stay within 42 KB', () => {
  const languages = assets.filter((name) => name.startsWith('texts-')).map((name) => kilobytes('assets', name));
  const whole = kilobytes('widget.js') + kilobytes('assets', panel) + Math.max(0, ...languages);
  expect(whole).toBeLessThanOrEqual(42);
});

test('the panel is one file, so that it opens after one request; languages and extras load on demand', () => {
  expect(
    assets.filter((name) => !/^(captcha|texts|extra-texts|extras|polling|proactive|prove|typing|widget)-/.test(name)),
  ).toEqual([panel]);
});

test.each([
  ['widget.js', 'preact'],
  ['widget.js', 'socket.io'],
  [`assets/${panel}`, 'XMLHttpRequest'],
  [`assets/${panel}`, 'ZodError'],
  [`assets/${panel}`, 'lineNumber'],
])('%s does not contain %s', (file, word) => {
  expect(readFileSync(path.join(dist, file), 'utf8').includes(word)).toBe(false);
});
