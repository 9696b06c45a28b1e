/** The model endpoint of the `added` benchmark: triage labels come at once, answers at the reference pace of the fast tier. */
import { setTimeout as pause } from 'node:timers/promises';
import { beginStream, startModelEndpoint } from '@firstword/testing/model-endpoint';
import { nowMicros, writeStamp } from '@firstword/testing/stamp';
import { serveParent } from '../relay/bench-process.ts';
import { finish, say } from '../spoken-stream.ts';

/** TTFT of the fast tier's reference model. */
const TTFT_MS = 180;
const TOKENS = 120;
const TOKENS_PER_SECOND = 60;

const endpoint = await startModelEndpoint(
  async ({ isTriage, at }, response) => {
    const arrived = nowMicros() - Math.round((performance.now() - at) * 1000);
    beginStream(response);
    if (isTriage) {
      say(response, 'answer');
      return finish(response);
    }
    response.flushHeaders();
    await pause(TTFT_MS);
    say(response, writeStamp(arrived) + writeStamp(nowMicros()));
    for (let token = 1; token < TOKENS && !response.closed; token++) {
      await pause(1000 / TOKENS_PER_SECOND);
      say(response, ' word');
    }
    finish(response);
  },
  { keepRequests: false },
);
serveParent(endpoint.port, {}, endpoint.stop);
