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

test('when piped, work is announced and then told as done, each on a line', async () => {
  const { out, shown } = recorder(false);
  await createSteps({ out })((announce) => {
    announce('Installing packages');
    return 'Packages are installed';
  });
  expect(shown()).toMatch(/^Installing packages …\nPackages are installed \(\d+\.\d s\)\n$/);
});

test('on a terminal one line stays', async () => {
  const { out, shown } = recorder(true);
  await createSteps({ out })((announce) => {
    announce('Installing packages');
    return 'Packages are installed';
  });
  expect(shown().split('\n')).toHaveLength(2);
  expect(shown()).toMatch(/\r<wiped>Packages are installed \(\d+\.\d s\)\n$/);
});

test('where nothing was to do, a command that only wants to hear of work hears nothing', async () => {
  const { out, shown } = recorder(false);
  await createSteps({ out, onlyWork: true })(() => 'Packages are in place');
  expect(shown()).toBe('');
});

test('a failure leaves no half line behind', async () => {
  const { out, shown } = recorder(true);
  const failing = createSteps({ out })((announce) => {
    announce('Building');
    throw new Error('broken');
  });
  await expect(failing).rejects.toThrow('broken');
  expect(shown()).toMatch(/\r<wiped>$/);
});
