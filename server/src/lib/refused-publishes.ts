/** Publishes a notice as soon as messages between processes go through again after one was refused, because that one is lost. */
import type { Redis } from './redis-connection.ts';

const RETRY_MS = 500;

/**
 * @param publisher a connection for commands, which fail fast while Redis is away
 * @param publishNotice publishes through this connection; called until that succeeds
 */
export function afterRefusedPublishes(publisher: Redis, publishNotice: () => void): void {
  const publish = publisher.spublish.bind(publisher);
  let retry: ReturnType<typeof setInterval> | undefined;
  const stop = () => {
    clearInterval(retry);
    retry = undefined;
  };
  publisher.spublish = (...message) => {
    const published = publish(...message);
    published.then(stop, () => {
      retry ??= setInterval(publishNotice, RETRY_MS).unref();
    });
    return published;
  };
  publisher.on('end', stop);
}
