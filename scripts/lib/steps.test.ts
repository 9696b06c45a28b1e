import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createSteps } from './steps.mjs';

function recorder(isTTY: boolean) {
  let text = '';
  const out = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  const shown = () => text.replaceAll('\x1b[K', '<wiped>');
  return { out: Object.assign(out, { isTTY }) as unknown as NodeJS.WriteStream, shown };
}

test('in a pipe, the announcement and the result are separate lines', async () => {
  const { out, shown } = recorder(false);
  await createSteps({ out })((announce) => {
    announce('Installing packages');
    return 'Packages installed';
  });
  expect(shown()).toMatch(/^Installing packages …\nPackages installed \(\d+\.\d s\)\n$/);
});

test('on a terminal the result replaces the announcement', async () => {
  const { out, shown } = recorder(true);
  await createSteps({ out })((announce) => {
    announce('Installing packages');
    return 'Packages installed';
  });
  expect(shown().split('\n')).toHaveLength(2);
  expect(shown()).toMatch(/\r<wiped>Packages installed \(\d+\.\d s\)\n$/);
});

test('with quietWhenDone, a step without work prints nothing', async () => {
  const { out, shown } = recorder(false);
  await createSteps({ out, quietWhenDone: true })(() => 'Packages are up to date');
  expect(shown()).toBe('');
});

test('a failure clears the announcement', async () => {
  const { out, shown } = recorder(true);
  const failing = createSteps({ out })((announce) => {
    announce('Building');
    throw new Error('broken');
  });
  await expect(failing).rejects.toThrow('broken');
  expect(shown()).toMatch(/\r<wiped>$/);
});
