/** Two web processes of one installation, and the visitors who connect to them; for all tests of a file. */
import type { Message } from '@firstword/shared/wire';
import { startInstance, startTestServer, type TestServer, type WebInstance } from '@firstword/testing/test-server';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { afterAll, afterEach, beforeAll } from 'vitest';

export let server: TestServer;
export let other: WebInstance;
const clients: WidgetClient[] = [];

/** Call it once, before hooks that use the processes. Visitors are disconnected after each test. */
export function twoWebProcesses(settings: { readonly appSecret?: string } = {}): void {
  beforeAll(async () => {
    server = await startTestServer(settings);
    other = await startInstance(server.redis.url, server.endpoint, { records: server.records, ...settings });
  });
  afterEach(() => {
    server.endpoint.reset();
    for (const client of clients.splice(0)) client.close();
  });
  afterAll(async () => {
    await other.stop();
    await server.stop();
  });
}

export async function connect(auth: object = {}, port = server.port): Promise<WidgetClient> {
  const client = await connectWidget(port, { site: 'acme', ...auth });
  clients.push(client);
  return client;
}

/** Asks one question, and waits for the end of its answer. */
export async function ask(client: WidgetClient, text: string): Promise<void> {
  const ack = await client.send(text);
  if (!ack.ok || ack.turnId === undefined) throw new Error(`not accepted: ${JSON.stringify(ack)}`);
  const { turnId } = ack;
  await client.received((event) => event.type === 'turn-end' && event.turnId === turnId);
}

/** What the visitor wrote, of a page's messages. */
export const ofVisitor = (messages: readonly Message[]) =>
  messages.filter(({ from }) => from === 'visitor').map(({ text }) => text);
