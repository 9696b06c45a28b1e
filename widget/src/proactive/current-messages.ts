/** The messages of a site as its owner has them now. A server uses a change within two seconds; so does what is read here. */
import type { ProactiveMessages } from '@firstword/shared/proactive-message';

export interface CurrentMessages {
  /** As they were last read; undefined before, and where the site has none. */
  last(): ProactiveMessages | undefined;
  /** Reads them, unless that was a moment ago. Resolves with whether they are others now; what can't be read stays as it was. */
  refresh(): Promise<boolean>;
}

const FRESH_MS = 2000;

export function createCurrentMessages(
  read: () => Promise<Pick<Response, 'ok' | 'text'>>,
  now: () => number,
): CurrentMessages {
  let json: string | undefined;
  let found: ProactiveMessages | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<boolean> | undefined;
  async function readAgain() {
    try {
      const response = await read();
      const text = await response.text();
      if (!response.ok || text === json) return false;
      found = JSON.parse(text);
      json = text;
      return true;
    } catch {
      return false;
    } finally {
      reading = undefined;
    }
  }
  return {
    last: () => found,
    async refresh() {
      if (reading === undefined && now() - readAt >= FRESH_MS) {
        readAt = now();
        reading = readAgain();
      }
      return reading ?? false;
    },
  };
}
