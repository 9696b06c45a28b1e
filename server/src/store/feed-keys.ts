/** Keys of the feed. Those of a partition share its hash tag with the conversations whose events it has. */
import { partitionOf } from './partition.ts';

export interface FeedKeys {
  /** Stream of the events of a partition's conversations. */
  feed(partition: number): string;
  feedOf(conversationId: string): string;
  /** Hash: consumer group → its cursor in the partition's feed, and its fencing token. */
  feedCursors(partition: number): string;
  feedCursorsOf(conversationId: string): string;
  /** Hash: group and event's id → an event that the group could not handle, and why. */
  feedSetAside(partition: number): string;
  feedSetAsideOf(conversationId: string): string;
  /** Hash: partition → the process that consumes it for a group. */
  feedLeases(group: string): string;
  /** Hash: process that consumes for a group → when its lease ends. In the same slot. */
  feedMembers(group: string): string;
}

export function createFeedKeys(prefix: string): FeedKeys {
  const feed = (partition: number) => `${prefix}:{p${partition}}:feed`;
  return {
    feed,
    feedOf: (conversationId) => feed(partitionOf(conversationId)),
    feedCursors: (partition) => `${feed(partition)}:cursors`,
    feedCursorsOf: (conversationId) => `${feed(partitionOf(conversationId))}:cursors`,
    feedSetAside: (partition) => `${feed(partition)}:aside`,
    feedSetAsideOf: (conversationId) => `${feed(partitionOf(conversationId))}:aside`,
    feedLeases: (group) => `${prefix}:{feed:${group}}:leases`,
    feedMembers: (group) => `${prefix}:{feed:${group}}:members`,
  };
}
