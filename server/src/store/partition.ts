/** Divides conversations into partitions. A partition's conversations share one feed and, in a cluster, one node. */

/** Part of every key of a conversation, so it cannot change without renaming them. */
export const PARTITIONS = 64;

/** FNV-1a over the id, so that ids of any form spread evenly. */
export function partitionOf(conversationId: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < conversationId.length; at++) hash = Math.imul(hash ^ conversationId.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % PARTITIONS;
}
