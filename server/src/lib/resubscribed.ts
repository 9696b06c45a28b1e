/** Tells when a connection has subscribed again after it was lost: what was published meanwhile never arrives. */
import { isCluster, type Redis } from './redis-connection.ts';

/** A channel of a cluster whose subscription fails is tried again within this time. */
const TRIED_AGAIN_MS = 500;

/** @param subscriber a `waiting` connection, connected */
export function onResubscribed(subscriber: Redis, listener: () => void): void {
  if (isCluster(subscriber)) {
    subscriber.on('subscribersReady', () => void setTimeout(listener, TRIED_AGAIN_MS).unref());
    return;
  }
  // ioredis sends its subscriptions first, so the reply to this command comes after theirs.
  subscriber.on('ready', () => void subscriber.ping().then(listener, () => {})); // if it is lost again, `ready` follows again
}
