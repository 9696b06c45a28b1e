/** Unreachable endpoints, and endpoints that ask the gateway to wait or stay away (L01 to L07 of the guarantees). */
import { answers, ENDPOINT_KEY, startScriptedEndpoint } from '@firstword/testing/scripted-endpoint';
import { describe, expect, test } from 'vitest';
import { createBreaker } from '../src/routing/breaker.ts';
import type { Endpoint } from '../src/routing/route.ts';
import {
  alarms,
  ask,
  askBoth,
  askFirst,
  first,
  firstModel,
  IMPATIENT,
  IMPATIENT_LIMIT_MS,
  modelAt,
  recordedAs,
  rows,
  second,
  secondModel,
  setBreakerClock,
  startEndpointsForEachTest,
  status,
  stream,
  useBreaker,
} from './gateway-two-endpoints.ts';

startEndpointsForEachTest();

describe('no connection', () => {
  async function closedPort(): Promise<Endpoint> {
    const gone = await startScriptedEndpoint();
    await gone.stop();
    return gone.endpoint('gone');
  }

  test('L01 a refused connection falls back at once and counts for the breaker', async () => {
    const gone = modelAt(await closedPort());
    const rescued = await ask([gone, secondModel()]);
    expect(rescued).toMatchObject({ text: 'From the second.', finish: 'complete' });
    expect(rescued.ms).toBeLessThan(5_000);
    expect(recordedAs()).toEqual(['gone: connect-failed', 'second: done']);
    expect(rows[0]?.usage).toMatchObject({ promptTokens: 0, completionTokens: 0 });
    for (let call = 0; call < 2; call++)
      expect(await ask([gone, { ...gone, id: 'sibling' }])).toMatchObject({ failure: { code: 'connect-failed' } });
    expect(await ask([gone])).toMatchObject({ failure: { code: 'breaker-open' } });
  });

  test('L02 a name that does not exist falls back at once', async () => {
    const nowhere = modelAt({ id: 'nowhere', baseUrl: `http://${'x'.repeat(64)}.invalid/v1` });
    const rescued = await ask([nowhere, secondModel()]);
    expect(rescued).toMatchObject({ text: 'From the second.', finish: 'complete' });
    expect(rescued.ms).toBeLessThan(5_000);
    expect(recordedAs()).toEqual(['nowhere: dns-failed', 'second: done']);
  });

  test('L03 a TLS failure is not tried again and raises an alarm', async () => {
    const wrong = modelAt({ id: 'tls', baseUrl: first.baseUrl.replace('http:', 'https:'), apiKey: ENDPOINT_KEY });
    expect(await ask([wrong])).toMatchObject({ failure: { code: 'tls-failed' } });
    expect(recordedAs()).toEqual(['tls: tls-failed']);
    expect(alarms).toMatchObject([{ code: 'tls-failed', endpointId: 'tls' }]);
    expect(await ask([wrong, secondModel()])).toMatchObject({ text: 'From the second.' });
  });
});

describe('what the endpoint asks of us', () => {
  test('L04 a refused key raises an alarm and costs no further request', async () => {
    first.play(status(401, {}, `{"error":{"message":"Incorrect API key provided: ${ENDPOINT_KEY}"}}`));
    await askFirst();
    expect(alarms).toMatchObject([{ code: 'unauthorized', endpointId: 'first' }]);
    expect(await askFirst()).toMatchObject({ failure: { code: 'breaker-open' } });
    expect(first.requests).toHaveLength(1);
  });

  test('L04 a refused key is not shown to another model of the same endpoint', async () => {
    first.play(status(401));
    const sibling = { ...firstModel(), id: 'sibling' };
    expect(await ask([firstModel(), sibling, secondModel()])).toMatchObject({ text: 'From the second.' });
    expect(first.requests).toHaveLength(1);
  });

  test('L05 a Retry-After within the budget is waited for when there is no other model', async () => {
    useBreaker(createBreaker({ failures: 5, windowMs: 30_000, probeEveryMs: 10_000 }));
    first.play(status(429, { 'retry-after': '1' }), answers('Yes.'));
    expect(await askFirst({ limits: { budgetMs: 3_000 } })).toMatchObject({ text: 'Yes.' });
    const [early, late] = first.requests;
    expect((late?.at ?? 0) - (early?.at ?? 0)).toBeGreaterThanOrEqual(990);
  });

  test('L05 another model is asked at once, and the limited one is left alone for its Retry-After', async () => {
    first.play(status(429, { 'retry-after': '1' }), answers('From the first.'));
    expect(await askBoth()).toMatchObject({ text: 'From the second.' });
    expect(await askBoth()).toMatchObject({ text: 'From the second.' });
    setBreakerClock(1_000);
    expect(await askBoth()).toMatchObject({ text: 'From the first.' });
  });

  test('L06 a model that asked for two minutes gets no request in that time, and callers learn how long', async () => {
    first.play(status(429, { 'retry-after': '120' }));
    expect(await askFirst()).toMatchObject({ failure: { code: 'rate-limited', retryAfterMs: 120_000 } });
    setBreakerClock(119_000);
    expect(await askFirst()).toMatchObject({ failure: { code: 'breaker-open', retryAfterMs: 1_000 } });
    expect(first.requests).toHaveLength(1);
  });

  test('L07 a second try of the same model may be the one that works', async () => {
    first.play(status(503), answers('Yes.'));
    expect(await askFirst()).toMatchObject({ text: 'Yes.', finish: 'complete' });
  });

  test('no call sends more than two extra requests', async () => {
    first.play(status(500));
    second.play(status(500));
    const third = { ...secondModel(), id: 'third' };
    expect(await ask([firstModel(), secondModel(), third])).toMatchObject({ failure: { code: 'upstream-error' } });
    expect(first.requests.length + second.requests.length).toBe(3);
  });

  test('no extra attempt outlives the budget', async () => {
    first.play(stream('hang'));
    second.play(stream('hang'));
    const { ms } = await askBoth({ limits: { ...IMPATIENT, budgetMs: 100 } });
    expect(ms).toBeLessThan(IMPATIENT_LIMIT_MS);
  });
});
