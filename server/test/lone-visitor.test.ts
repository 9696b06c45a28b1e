import { setImmediate as nextTick } from 'node:timers/promises';
import { DONE, finishes, says, uses } from '@firstword/testing/completion-events';
import { beginStream, startModelEndpoint } from '@firstword/testing/model-endpoint';
import { startRedisServer } from '@firstword/testing/redis-server';
import { startInstance } from '@firstword/testing/test-server';
import { connectWidget } from '@firstword/testing/widget-client';
import { expect, onTestFinished, test } from 'vitest';

const TOKENS = 240;

test('the tokens of a lone visitor are sent one by one', async () => {
  const endpoint = await startModelEndpoint(async ({ isTriage }, response) => {
    beginStream(response);
    if (isTriage) response.write(says('answer neutral en returns 0.90'));
    else
      for (let n = 1; n <= TOKENS; n++) {
        response.write(says(`t${n} `));
        await nextTick();
      }
    response.end(finishes() + uses(9, TOKENS) + DONE);
  });
  onTestFinished(endpoint.stop);
  const redis = await startRedisServer();
  onTestFinished(redis.stop);
  const server = await startInstance(redis.url, endpoint);
  onTestFinished(server.stop);
  const client = await connectWidget(server.port);
  onTestFinished(() => client.close());

  await client.send('How long may I return an item?');
  await client.received(({ type }) => type === 'turn-end');

  expect(client.events.filter(({ type }) => type === 'text-delta').length).toBeGreaterThanOrEqual(230);
});
