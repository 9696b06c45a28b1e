import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFrameBatch } from './frame-batch.ts';

let frames: (() => void)[];
let tasks: (() => void)[];
/** Draws a frame, and runs the tasks after its paint. */
function paint(): void {
  for (const call of frames.splice(0)) call();
  for (const task of tasks.splice(0)) task();
}

class QueuedChannel {
  port1 = { onmessage() {}, close() {} };
  port2 = { postMessage: () => void tasks.push(() => this.port1.onmessage()) };
}

beforeEach(() => {
  frames = [];
  tasks = [];
  vi.stubGlobal('document', { hidden: false });
  vi.stubGlobal('MessageChannel', QueuedChannel);
  vi.stubGlobal('requestAnimationFrame', (call: () => void) => frames.push(call));
  vi.stubGlobal('cancelAnimationFrame', () => frames.splice(0));
  vi.stubGlobal('setTimeout', (call: () => void) => tasks.push(call));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A batch whose frames take longer than the page can spare. */
function slowBatch() {
  const taken: string[] = [];
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const batch = createFrameBatch<string>((items) => {
    taken.push(items.join(''));
    now += 4;
  });
  return { batch, taken, [Symbol.dispose]: () => batch.close() };
}

test('after a slow frame the next one is left to the page', () => {
  using slow = slowBatch();
  slow.batch.add('a');
  paint();
  slow.batch.add('b');
  paint();
  expect(slow.taken).toEqual(['a']);
  paint();
  expect(slow.taken).toEqual(['a', 'b']);
});

test('the slow end of one answer does not delay the first text of the next', () => {
  using slow = slowBatch();
  slow.batch.add('the end');
  paint();
  slow.batch.flush();
  slow.batch.add('the next answer');
  paint();
  expect(slow.taken).toEqual(['the end', 'the next answer']);
});

test('what a frame draws is painted with that frame, what is drawn between frames with the next', () => {
  const painted: string[] = [];
  const batch = createFrameBatch<string>((items) => batch.afterPaint(() => painted.push(items.join(''))));
  batch.add('in a frame');
  paint();
  expect(painted).toEqual(['in a frame']);
  batch.add('between frames');
  batch.flush();
  for (const task of tasks.splice(0)) task();
  expect(painted).toEqual(['in a frame']);
  paint();
  expect(painted).toEqual(['in a frame', 'between frames']);
  batch.close();
});
