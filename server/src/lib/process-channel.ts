/** Lets processes send texts to one another through Redis. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';

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

/** Resolves when this process can be reached. */
export async function openProcessChannel(parts: ProcessChannelParts): Promise<ProcessChannel> {
  const { publisher, subscriber, prefix, onText } = parts;
  const self = randomUUID();
  const nameOf = (processId: string) => `${prefix}:${processId}`;
  const own = nameOf(self);
  subscriber.on('message', (channel: string, text: string) => {
    if (channel === own) onText(text);
  });
  await subscriber.subscribe(own);
  return {
    self,
    send: async (processId, text) => (await publisher.publish(nameOf(processId), text)) > 0,
    async isOpen(processId) {
      const [, listeners] = await publisher.pubsub('NUMSUB', nameOf(processId));
      return Number(listeners) > 0;
    },
  };
}
