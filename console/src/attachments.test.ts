import type { SentFile } from '@firstword/shared/wire';
import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { detail, ticket } from '../test/ticket-builders.ts';
import type { AttachmentApi } from './attachment-api.ts';
import { createAttachments } from './attachments.ts';

type Answer = Awaited<ReturnType<AttachmentApi['upload']>>;
const now = 1_750_000_000_000;
const accepted = { maxMb: 1, types: ['pdf' as const, 'txt' as const] };
const open = (number: number) => ({ ...detail(ticket(number, now, {}), [], []), uploads: accepted });
const fileOf = (name: string, size = 3) => new File(['x'.repeat(size)], name);
const stored = (name: string): SentFile => ({ id: name, name, type: 'text/plain', size: 3 });

function start(isAttached = 0) {
  const shown = signal(open(7));
  const answers = new Map<string, (answer: Answer) => void>();
  const signals: AbortSignal[] = [];
  const uploaded: string[] = [];
  const attachments = createAttachments({
    api: {
      upload: (_ticketId, { name }, _onShare, cancelled) => {
        signals.push(cancelled);
        return new Promise((resolve) => answers.set(name, resolve));
      },
    },
    detail: shown,
    attached: () => isAttached,
    onUploaded: (ticketId, { name }) => uploaded.push(`${ticketId} ${name}`),
  });
  const faults = () => attachments.uploads.value.map(({ file, fault }) => [file.name, fault]);
  const answer = async (name: string, given: Answer) => {
    answers.get(name)?.(given);
    await new Promise(setImmediate);
  };
  return { attachments, shown, signals, uploaded, faults, answer };
}

test('a file that is uploaded belongs to its ticket, also after another one was opened', async () => {
  const { attachments, shown, uploaded, faults, answer } = start();
  attachments.attach([fileOf('a.txt')]);
  expect(faults()).toEqual([['a.txt', undefined]]);
  shown.value = open(8);
  expect(faults()).toEqual([]);
  await answer('a.txt', { ok: true, value: { file: stored('a.txt') } });
  expect(uploaded).toEqual(['t-7 a.txt']);
  shown.value = open(7);
  expect(faults()).toEqual([]);
});

test('files are attached in the order in which they were picked, whichever upload ends first', async () => {
  const { attachments, uploaded, answer } = start();
  attachments.attach([fileOf('a.txt'), fileOf('b.txt'), fileOf('c.txt')]);
  await answer('c.txt', { ok: true, value: { file: stored('c.txt') } });
  await answer('a.txt', { ok: true, value: { file: stored('a.txt') } });
  expect(uploaded).toEqual(['t-7 a.txt']);
  await answer('b.txt', { ok: false, code: 'offline', message: '' });
  expect(uploaded).toEqual(['t-7 a.txt', 't-7 c.txt']);
});

test('what the server would refuse is not sent', () => {
  const { attachments, signals, faults } = start(9);
  attachments.attach([
    fileOf('a.exe'),
    fileOf('a.txt', 0),
    fileOf('a.pdf', 2 ** 20 + 1),
    fileOf('b.pdf'),
    fileOf('c.pdf'),
  ]);
  expect(faults()).toEqual([
    ['a.exe', 'type'],
    ['a.txt', 'empty'],
    ['a.pdf', 'too-large'],
    ['b.pdf', undefined],
    ['c.pdf', 'too-many-in-reply'],
  ]);
  expect(signals).toHaveLength(1);
});

test('a refusal is kept with its reason, can be tried again, and a cancelled upload is forgotten', async () => {
  const { attachments, signals, uploaded, faults, answer } = start();
  attachments.attach([fileOf('a.txt'), fileOf('b.txt')]);
  await answer('a.txt', { ok: false, code: 'bad-request', message: '', fileFault: 'unsafe' });
  await answer('b.txt', { ok: false, code: 'offline', message: '' });
  expect(faults()).toEqual([
    ['a.txt', 'unsafe'],
    ['b.txt', 'failed'],
  ]);
  const [first, second] = attachments.uploads.value;
  if (first === undefined || second === undefined) throw new Error('there are two uploads');
  attachments.cancel(first);
  attachments.retry(second);
  expect(faults()).toEqual([['b.txt', undefined]]);
  attachments.cancel(second);
  await answer('b.txt', { ok: true, value: { file: stored('b.txt') } });
  expect([faults(), uploaded, signals.at(-1)?.aborted]).toEqual([[], [], true]);
});
