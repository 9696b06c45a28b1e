/** Keeps the sharded channels of a cluster subscribed: ioredis forgets a channel whose subscription fails during a failover. */
import type { Cluster, Command } from 'ioredis';

const RETRY_MS = 250;

export function keepShardedSubscriptions(cluster: Cluster): void {
  const wanted = new Set<string>();
  const send = cluster.sendCommand.bind(cluster);

  const retryLater = (channels: readonly string[]) => {
    const timer = setTimeout(() => {
      if (cluster.status === 'end') return;
      for (const channel of channels) if (wanted.has(channel)) cluster.ssubscribe(channel).catch(() => {});
    }, RETRY_MS);
    timer.unref();
  };
  const follow = ({ name, args, promise }: Command) => {
    promise.catch(() => {}); // a caller that awaits its own command still gets the error
    const channels = args.map(String);
    if (name === 'sunsubscribe') for (const channel of channels) wanted.delete(channel);
    if (name !== 'ssubscribe') return;
    for (const channel of channels) wanted.add(channel);
    promise.catch(() => retryLater(channels));
  };

  cluster.sendCommand = (command, stream, node) => {
    follow(command);
    try {
      return send(command, stream, node);
    } catch (error) {
      // ioredis throws where the cluster does not name the server of a slot.
      command.reject(error instanceof Error ? error : new Error(String(error)));
      return command.promise;
    }
  };
}
