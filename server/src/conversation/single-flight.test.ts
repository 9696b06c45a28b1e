import { createLatch } from '@firstword/testing/latch';
import { expect, test } from 'vitest';
import type { ChatEvent } from '../gateway/chat-call.ts';
import { createSingleFlight } from './single-flight.ts';

const textEvent = (text: string): ChatEvent => ({ type: 'text', text });
const forEver = () => new AbortController().signal;

/** A call that yields some text and then waits to be aborted. */
function openCall() {
  let abortedFor: unknown;
  async function* start(signal: AbortSignal): AsyncGenerator<ChatEvent> {
    yield textEvent('Within ');
    await new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        abortedFor = signal.reason;
        reject(signal.reason);
      });
    });
  }
  return { start, abortedFor: () => abortedFor };
}

async function collect(events: AsyncIterable<ChatEvent>): Promise<string> {
  let all = '';
  for await (const event of events) if (event.type === 'text') all += event.text;
  return all;
}

async function* scripted(...events: readonly (ChatEvent | Error)[]): AsyncGenerator<ChatEvent> {
  for (const event of events) {
    await Promise.resolve();
    if (event instanceof Error) throw event;
    yield event;
  }
}

test('every listener gets all events from one call', async () => {
  let calls = 0;
  const flight = createSingleFlight(
    () => {
      calls += 1;
      return scripted(textEvent('Within '), textEvent('30 days.'));
    },
    () => {},
  );
  const answers = await Promise.all(
    [flight.join(forEver()), flight.join(forEver()), flight.join(forEver())].map(collect),
  );
  expect(answers).toEqual(Array(3).fill('Within 30 days.'));
  expect(calls).toBe(1);
});

test('a late listener gets the earlier events at once', async () => {
  const call = openCall();
  const flight = createSingleFlight(call.start, () => {});
  const early = flight.join(forEver());
  expect((await early.next()).value).toEqual(textEvent('Within '));
  const late = flight.join(forEver());
  expect((await late.next()).value).toEqual(textEvent('Within '));
});

test('a failure reaches every listener, and the call can no longer be joined', async () => {
  let ended = 0;
  const flight = createSingleFlight(
    () => scripted(textEvent('With'), new Error('cut off')),
    () => {
      ended += 1;
    },
  );
  const [one, two] = [collect(flight.join(forEver())), collect(flight.join(forEver()))];
  await expect(one).rejects.toThrow('cut off');
  await expect(two).rejects.toThrow('cut off');
  expect(ended).toBe(1);
});

test('the call continues while there is a listener, and is aborted with the reason of the last one', async () => {
  const call = openCall();
  const flight = createSingleFlight(call.start, () => {});
  const [stopping, superseding] = [new AbortController(), new AbortController()];
  const [one, two] = [collect(flight.join(stopping.signal)), collect(flight.join(superseding.signal))];
  stopping.abort('stopped');
  await expect(one).rejects.toBe('stopped');
  expect(call.abortedFor()).toBeUndefined();
  superseding.abort('superseded');
  await expect(two).rejects.toBe('superseded');
  expect(call.abortedFor()).toBe('superseded');
});

test('what has waited for a listener is one text, and what comes later is not joined', async () => {
  const steps = createLatch();
  async function* start(): AsyncGenerator<ChatEvent> {
    yield textEvent('With');
    yield textEvent('in ');
    await steps.opened;
    yield textEvent('30 ');
    yield textEvent('days.');
  }
  let ended = () => {};
  const whole = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const flight = createSingleFlight(start, ended);
  const listener = flight.join(forEver());
  await new Promise(setImmediate);
  expect((await listener.next()).value).toEqual(textEvent('Within '));
  steps.open();
  expect((await listener.next()).value).toEqual(textEvent('30 '));
  await whole;
  expect(await collect(flight.join(forEver()))).toBe('Within 30 days.');
});
