/** A caller that aborts, and the breaker (L36 to L38). */
import { says } from '@firstword/testing/completion-events';
import { answers } from '@firstword/testing/scripted-endpoint';
import { describe, expect, test } from 'vitest';
import { GatewayError } from '../src/gateway/gateway-error.ts';
import {
  alarms,
  askBoth,
  askFirst,
  first,
  recordedAs,
  rows,
  setBreakerClock,
  startEndpointsForEachTest,
  status,
  stream,
  times,
} from './gateway-two-endpoints.ts';

startEndpointsForEachTest();

describe('the caller aborts', () => {
  test('L36 a stop closes the request upstream and keeps the text so far', async () => {
    first.play(stream(says('First '), 'hang'));
    const stopping = new AbortController();
    let kept = '';
    const onText = (text: string) => {
      kept = text;
      setImmediate(() => stopping.abort(new Error('stopped by the visitor')));
    };
    await expect(askBoth({ onText, signal: stopping.signal })).rejects.toThrow('stopped by the visitor');
    await first.requests[0]?.closed; // otherwise it would stay open
    expect(kept).toBe('First ');
    expect(recordedAs()).toEqual(['first: aborted']);
    expect(rows[0]).toMatchObject({ usage: { promptTokens: 9, completionTokens: 2, estimated: true } });
  });

  test('L36 a stop before any response is recorded once, with its prompt tokens, and does not count for the breaker', async () => {
    first.play(stream('hang'));
    for (let call = 0; call < 6; call++)
      await expect(askFirst({ signal: AbortSignal.timeout(30) })).rejects.toThrow(/timeout/i);
    expect(recordedAs()).toEqual(times(6, 'first: aborted'));
    expect(rows[0]).toMatchObject({ usage: { promptTokens: 9, completionTokens: 0, estimated: true } });
    first.play(answers('Yes.'));
    expect(await askFirst()).toMatchObject({ text: 'Yes.' });
  });

  test('L36 a stop during the wait before a retry sends no further request', async () => {
    first.play(status(503));
    const signal = AbortSignal.timeout(100);
    await expect(askFirst({ signal, limits: { retryMs: 600 } })).rejects.toThrow(/timeout/i);
    expect(first.requests).toHaveLength(1);
  });

  test('L37 a consumer that stops reading leaves no response open upstream', async () => {
    first.play(stream(says('First '), 'hang'));
    const onText = () => {
      throw new GatewayError('closing', 'the consumer left');
    };
    await askFirst({ onText });
    await first.requests[0]?.closed;
    expect(first.openResponses()).toBe(0);
    expect(recordedAs()).toEqual(['first: aborted']);
  });
});

describe('the breaker', () => {
  const single = { limits: { extraAttempts: 0 } };

  test('L38 opens after five failures in thirty seconds; calls then send no request', async () => {
    first.play(status(500));
    for (let call = 0; call < 5; call++) await askFirst(single);
    expect(await askFirst(single)).toMatchObject({ failure: { code: 'breaker-open', retryAfterMs: 10_000 } });
    expect(first.requests).toHaveLength(5);
    expect(alarms).toMatchObject([{ code: 'breaker-open', modelId: 'model-at-first' }]);
    expect(await askBoth(single)).toMatchObject({ text: 'From the second.' });
    expect(first.requests).toHaveLength(5);
  });

  test('L38 half open, allows one probe in ten seconds, and closes after a successful one', async () => {
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

  test('L38 also counts answers that break off after their first text', async () => {
    first.play(stream(says('Your '), { waitMs: 5 }, 'reset'));
    for (let call = 0; call < 5; call++) await askFirst();
    expect(await askFirst()).toMatchObject({ failure: { code: 'breaker-open' } });
  });
});
