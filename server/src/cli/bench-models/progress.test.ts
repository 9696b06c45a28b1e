import { expect, test } from 'vitest';
import { createProgress } from './progress.ts';

function written(isTTY: boolean, use: (progress: ReturnType<typeof createProgress>) => void): string {
  const parts: string[] = [];
  use(createProgress({ isTTY, write: (part: string) => parts.push(part) }, 2, 2));
  return parts.join('');
}

test('a terminal shows a moving bar, removed at the end', () => {
  const text = written(true, (progress) => {
    progress.report('glm-5', 1);
    progress.report('qwen3-8b', 2);
    progress.end();
  });
  expect(text).toContain('25 %  glm-5 1/2');
  expect(text).toContain('75 %  qwen3-8b 2/2');
  expect(text.endsWith('\r\x1b[K')).toBe(true);
});

test('a pipe gets one line for each finished model', () => {
  const text = written(false, (progress) => {
    progress.report('glm-5', 1);
    progress.report('glm-5', 2);
    progress.report('qwen3-8b', 2);
    progress.end();
  });
  expect(text).toBe('1/2 glm-5\n2/2 qwen3-8b\n');
});
