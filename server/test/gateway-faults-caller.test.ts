/** A caller that leaves, and the breaker (L36 to L38 of the guarantees). */
import { says } from '@firstword/testing/completion-events';
import { answers } from '@firstword/testing/scripted-endpoint';
import { describe, expect, test } from 'vitest';
import { GatewayError } from '../src/gateway/gateway-error.ts';
import {
  askBoth,
  askFirst,
  bookedAs,
  first,
  rows,
  setBreakerClock,
  status,
  stream,
  times,
} from './gateway-two-endpoints.ts';

describe('the caller goes', () => {
  test('L36 a stop closes upstream and keeps the text so far', async () => {
    first.play(stream(says('First '), 'hang'));
    const stopping = new AbortController();
    let kept = '';
    const onText = (text: string) => {
      kept = text;
      setImmediate(() => stopping.abort(new Error('stopped by the visitor')));
    };
    await expect(askBoth({ onText, signal: stopping.signal })).rejects.toThrow('stopped by the visitor');
    await first.requests[0]?.closed; // it would stay open otherwise
    expect(kept).toBe('First ');
    expect(bookedAs()).toEqual(['first: aborted']);
    expect(rows[0]).toMatchObject({ usage: { promptTokens: 9, completionTokens: 2, estimated: true } });
  });

  test('L36 a stop before any response is booked once, with its prompt, and counts for no breaker', async () => {
    first.play(stream('hang'));
    for (let call = 0; call < 6; call++)
      await expect(askFirst({ signal: AbortSignal.timeout(30) })).rejects.toThrow(/timeout/i);
    expect(bookedAs()).toEqual(times(6, 'first: aborted'));
    expect(rows[0]).toMatchObject({ usage: { promptTokens: 9, completionTokens: 0, estimated: true } });
    first.play(answers('Yes.'));
    expect(await askFirst()).toMatchObject({ text: 'Yes.' });
  });

  test('L36 a stop during the wait before another try sends nothing more', async () => {
    first.play(status(503));
    const signal = AbortSignal.timeout(100);
    await expect(askFirst({ signal, limits: { retryMs: 600 } })).rejects.toThrow(/timeout/i);
    expect(first.requests).toHaveLength(1);
  });

  test('L37 a consumer that leaves, leaves no response open upstream', async () => {
    first.play(stream(says('First '), 'hang'));
    const onText = () => {
      throw new GatewayError('closing', 'the consumer left');
    };
    await askFirst({ onText });
    await first.requests[0]?.closed;
    expect(first.openResponses()).toBe(0);
    expect(bookedAs()).toEqual(['first: aborted']);
  });
});

describe('the breaker', () => {
  const single = { limits: { extraAttempts: 0 } };

  test('L38 it opens after five failures in thirty seconds; calls then cost no request', async () => {
    first.play(status(500));
    for (let call = 0; call < 5; call++) await askFirst(single);
    expect(await askFirst(single)).toMatchObject({ failure: { code: 'breaker-open', retryAfterMs: 10_000 } });
    expect(first.requests).toHaveLength(5);
    expect(await askBoth(single)).toMatchObject({ text: 'From the second.' });
    expect(first.requests).toHaveLength(5);
  });

  test('L38 half open it lets one probe through in ten seconds, and a good one closes it', async () => {
    first.play(...times(6, status(500)), answers('Yes.'));
    for (let call = 0; call < 5; call++) await askFirst(single);
    setBreakerClock(10_000);
    expect(await askFirst(single)).toMatchObject({ failure: { code: 'upstream-error' } });
    expect(await askFirst(single)).toMatchObject({ failure: { code: 'breaker-open' } });
    setBreakerClock(20_000);
    expect(await askFirst(single)).toMatchObject({ text: 'Yes.' });
    expect(await askFirst(single)).toMatchObject({ text: 'Yes.' });
    expect(first.requests).toHaveLength(8);
  });

  test('L38 answers that break off after their first text count too', async () => {
    first.play(stream(says('Your '), { waitMs: 5 }, 'reset'));
    for (let call = 0; call < 5; call++) await askFirst();
    expect(await askFirst()).toMatchObject({ failure: { code: 'breaker-open' } });
  });
});
