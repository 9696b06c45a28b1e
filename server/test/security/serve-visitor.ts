/** Starts a process on a Redis and serves a visitor as usual: an answer, then a hand-off. */
import { startSpokenEndpoint } from '@firstword/testing/spoken-endpoint';
import { startInstance } from '@firstword/testing/test-server';
import { connectWidget } from '@firstword/testing/widget-client';
import { expect, onTestFinished } from 'vitest';

export async function serveVisitor(redisUrl: string): Promise<void> {
  const endpoint = await startSpokenEndpoint();
  onTestFinished(() => endpoint.stop());
  const server = await startInstance(redisUrl, endpoint);
  onTestFinished(() => server.stop());
  const visitor = await connectWidget(server.port);
  onTestFinished(() => visitor.close());
  expect(await visitor.send('How long do I have to return an item?')).toMatchObject({ ok: true });
  expect(await visitor.received(({ type }) => type === 'turn-end')).toMatchObject({ state: 'done' });
  expect(await visitor.ask('person-request', {})).toMatchObject({ ok: true });
}
