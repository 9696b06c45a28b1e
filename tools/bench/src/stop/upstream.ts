/** The model endpoint of the `stop` benchmark: streams endlessly or stays silent, and records when requests are closed. */
import { setTimeout as pause } from 'node:timers/promises';
import { beginStream, startModelEndpoint } from '@firstword/testing/model-endpoint';
import { nowMicros } from '@firstword/testing/stamp';
import { serveParent } from '../relay/bench-process.ts';
import { finish, say } from '../spoken-stream.ts';

/** When a question's answer was no longer needed, and when its request was closed. */
interface Course {
  requests: number;
  since?: number;
  closed?: number;
}
const courses = new Map<string, Course>();

const endpoint = await startModelEndpoint(
  async ({ isTriage, question }, response) => {
    const [, kind = '', number = ''] = /case (\w+) (\d+)/.exec(question) ?? [];
    const key = `${kind} ${number}`;
    const course = courses.get(key) ?? { requests: 0 };
    courses.set(key, course);
    beginStream(response);
    if (isTriage) {
      say(response, kind === 'dropped' ? 'person' : 'answer');
      finish(response);
      if (kind === 'dropped') course.since = nowMicros();
      return;
    }
    course.requests += 1;
    if (kind === '' || (kind === 'hedge' && course.requests === 2)) {
      course.since = nowMicros();
      say(response, 'Here it is.');
      return finish(response);
    }
    response.flushHeaders();
    response.once('close', () => {
      course.closed = nowMicros();
    });
    while (!response.closed && (kind === 'stopped' || kind === 'left')) {
      say(response, 'and on ');
      await pause(16);
    }
  },
  { keepRequests: false },
);
serveParent(endpoint.port, { course: (key) => courses.get(String(key)) ?? { requests: 0 } }, endpoint.stop);
