/** Visitors who request an agent, and the tickets that agents see of them. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { connectWidget, type WidgetClient } from '@firstword/testing/widget-client';
import { z } from 'zod';

/** The REST API signs no one in without it. */
export const APP_SECRET = 'the secret of the night tests, longer than 32 characters';

/** @returns an API token that can read tickets */
export async function createApiToken(env: Readonly<Record<string, string>>): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      fileURLToPath(new URL('../../../dist/cli/agent.js', import.meta.url)),
      'token-add',
      'Night run',
      '--scope',
      'read',
    ],
    { env: { PATH: process.env['PATH'], APP_SECRET, ...env } },
  );
  return stdout.trim();
}

const RETRY_MS = 200;

/** A new visitor asks for an agent, again until the server accepts it. @returns the ticket's id */
export async function requestHandOff(port: number): Promise<string> {
  const messageId = randomUUID();
  let session: string | undefined;
  for (;;) {
    const visitor = await connectWidget(port, { site: 'acme', session }).catch(() => undefined);
    session = visitor?.start.session ?? session;
    const asked = await ask(visitor, messageId).catch(() => undefined); // no reply
    visitor?.close();
    if (asked?.ok) return asked.ticketId;
    await pause(RETRY_MS);
  }
}

async function ask(visitor: WidgetClient | undefined, messageId: string) {
  const sent = await visitor?.send('My lamp arrived broken.', messageId);
  return sent?.ok ? visitor?.ask<{ ticketId: string }>('person-request', {}) : undefined;
}

const ticketsSchema = z.object({ tickets: z.array(z.object({ id: z.string() })) });

/** The ids of the newest tickets that wait for an agent, one for each row. */
export async function listTickets(port: number, token: string): Promise<string[]> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/tickets?limit=200`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!answer.ok) return [];
  return ticketsSchema.parse(await answer.json()).tickets.map(({ id }) => id);
}

/** @returns the milliseconds until all these tickets were listed, or infinity after `withinMs` */
export async function untilListed(
  port: number,
  token: string,
  ids: readonly string[],
  withinMs: number,
): Promise<number> {
  const from = performance.now();
  for (;;) {
    const listed = new Set(await listTickets(port, token));
    if (ids.every((id) => listed.has(id))) return performance.now() - from;
    if (performance.now() - from > withinMs) return Number.POSITIVE_INFINITY;
    await pause(20);
  }
}
