/** A program that receives webhooks and verifies them with the reference library. */
import { createServer } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { listenLocally } from './listen-locally.ts';

export interface ReceivedWebhook {
  readonly headers: Record<string, string>;
  readonly body: string;
  /** The verified event; undefined when the signature was not valid. */
  readonly event: { readonly type: string; readonly data: Record<string, unknown> } | undefined;
}

export interface WebhookReceiver {
  /** As `privateHosts` names it. */
  readonly host: string;
  readonly url: string;
  readonly received: ReceivedWebhook[];
  /** What it verifies with, and the statuses of its next responses; 204 when there is none. */
  secret: string;
  readonly statuses: number[];
  /** The body of its responses. */
  answer: string;
  close(): Promise<void>;
}

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = [];
  const server = createServer(async (request, response) => {
    const body = await readText(request);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const status = receiver.statuses.shift() ?? 204;
    received.push({ headers, body, event: verified(body, headers) });
    response.writeHead(status, status === 302 ? { location: `${receiver.url}elsewhere` } : {}).end(receiver.answer);
  });
  const verified = (body: string, headers: Record<string, string>): ReceivedWebhook['event'] => {
    try {
      return new Webhook(receiver.secret).verify(body, headers) as NonNullable<ReceivedWebhook['event']>;
    } catch {
      return undefined;
    }
  };
  const host = `127.0.0.1:${await listenLocally(server)}`;
  const receiver: WebhookReceiver = {
    host,
    url: `http://${host}/`,
    received,
    secret: 'whsec_AAAA',
    statuses: [],
    answer: '',
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return receiver;
}
