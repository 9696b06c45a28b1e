/** Lets processes send texts to one another through Redis. */
import { randomUUID } from 'node:crypto';
import type { Redis } from './redis-connection.ts';

export interface ProcessChannel {
  /** The id of this process. */
  readonly self: string;
  /** Resolves with false when that process is gone. */
  send(processId: string, text: string): Promise<boolean>;
  /** Whether that process is still there. */
  isOpen(processId: string): Promise<boolean>;
}

export interface ProcessChannelParts {
  readonly publisher: Redis;
  /** A dedicated connection, because a subscriber can run no other command. */
  readonly subscriber: Redis;
  /** What the channels' names start with. */
  readonly prefix: string;
  readonly onText: (text: string) => void;
}

/** Resolves when this process can be reached. Sharded, because a cluster does not count the receivers of an ordinary message. */
export async function openProcessChannel(parts: ProcessChannelParts): Promise<ProcessChannel> {
  const { publisher, subscriber, prefix, onText } = parts;
  const self = randomUUID();
  const nameOf = (processId: string) => `${prefix}:${processId}`;
  const own = nameOf(self);
  const publish = async (processId: string, text: string) =>
    Number(await publisher.spublish(nameOf(processId), text)) > 0;
  subscriber.on('smessage', (channel: string, text: string) => {
    if (channel === own && text !== '') onText(text); // an empty text only asks whether we are here
  });
  await subscriber.ssubscribe(own);
  return {
    self,
    send: publish,
    isOpen: (processId) => publish(processId, ''),
  };
}
