import { once } from 'node:events';
import { connect } from 'node:net';
import { addSecurityRow } from '@firstword/testing/security-row';
import { openSteadyClient } from '@firstword/testing/steady-client';
import { startTestServer, type TestServer } from '@firstword/testing/test-server';
import { connectWidget } from '@firstword/testing/widget-client';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { malformedEvent, malformedFrame, UPGRADE_REQUEST } from '../reliability/malformed-input.ts';

const FRAMES = 5000;
const FRAMES_AT_ONCE = 50;
const EVENTS = 15_000;
/** Of one connection. */
const EVENTS_AT_ONCE = 250;

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** Each on a connection of its own. Returns how many of them were open when their frame was sent. */
async function sendFrames(): Promise<number> {
  let upgraded = 0;
  const frames = fc.sample(malformedFrame(), FRAMES).values();
  const sendRemaining = async () => {
    for (const frame of frames) {
      const socket = connect({ port: server.port, host: '127.0.0.1' });
      socket.on('error', () => {}); // `close` follows
      socket.once('data', () => {
        upgraded += 1;
        socket.end(frame);
      });
      socket.write(UPGRADE_REQUEST);
      await once(socket, 'close');
    }
  };
  await Promise.all(Array.from({ length: FRAMES_AT_ONCE }, sendRemaining));
  return upgraded;
}

/** Returns how many were answered with neither ok nor a code. */
async function sendEvents(): Promise<number> {
  let unanswered = 0;
  for (let sent = 0; sent < EVENTS; sent += EVENTS_AT_ONCE) {
    const client = await connectWidget(server.port);
    const answers = await Promise.all(
      fc.sample(malformedEvent(), EVENTS_AT_ONCE).map(([event, payload]) => client.ask(event, payload)),
    );
    unanswered += answers.filter((answer) => !answer.ok && typeof answer.code !== 'string').length;
    client.close();
  }
  return unanswered;
}

test('20,000 malformed frames and events end no process', { timeout: 120_000 }, async ({ task }) => {
  const upgraded = await sendFrames();
  const unanswered = await sendEvents();
  expect({ upgraded, unanswered }).toEqual({ upgraded: FRAMES, unanswered: 0 });
  const visitor = openSteadyClient(server.port);
  onTestFinished(() => visitor.close());
  expect(await visitor.answered((await visitor.send('Are you there?')).seq)).toMatchObject({ state: 'done' });
  addSecurityRow(task, {
    id: 'S28',
    tried: `${FRAMES} malformed frames, each on a connection of its own, and ${EVENTS} events with any arguments`,
    result: `the same process answers; ${unanswered} events without ok or a code`,
  });
});
