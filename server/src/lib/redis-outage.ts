/** Whether an error means that Redis is away or cannot store anything now, so that the same command may succeed later. */

const REPLIES = /^(?:OOM|MISCONF|LOADING|READONLY|NOREPLICAS|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY) /;
const CONNECTION =
  /Command timed out|Connection is closed|Stream isn't writeable|max retries per request|Socket closed|Socket timeout|ECONN|EPIPE|ENOENT|ETIMEDOUT/i;

/** ioredis' own words while servers of a cluster are away. */
const CLUSTER =
  /Cluster isn't ready|Cluster is ended|None of startup nodes|Failed to refresh slots|Cluster redirections/;

export function isRedisOutage(error: unknown): boolean {
  return error instanceof Error && [REPLIES, CONNECTION, CLUSTER].some((pattern) => pattern.test(error.message));
}
