/** Keys of the installation itself: its processes, its storage, and the walks that keep it small. */
export interface InstallationKeys {
  /** Hash: process → when its entry ends, and what its version understands. */
  processes(): string;
  /** What the channels of the Socket.IO adapter start with. */
  socketChannels(): string;
  /** @param partition for one on the server that holds it, in a cluster */
  readyCheck(partition?: number): string;
  /** Id of the storage generation; lost together with the data. */
  storageGeneration(): string;
  /** The same for one partition, where each may be lost alone. */
  partitionGeneration(partition: number): string;
  /** The format of what is stored, see `data-upgrade.ts`. */
  dataFormat(): string;
  dataUpgradeLock(): string;
  /** Hash: position of the retention walk, and what it deleted in the current hour. */
  retentionWalk(): string;
  /** Lock of the process that does the walk's current step. */
  retentionTurn(): string;
  archiveRetentionTurn(): string;
  auditRetentionTurn(): string;
  /** The same for the sweep of alerts. */
  alertTurn(): string;
  /** The same for the walk that evicts cold conversations; its position is a SCAN cursor. */
  evictionWalk(): string;
  evictionTurn(): string;
}

export function createInstallationKeys(prefix: string): InstallationKeys {
  return {
    processes: () => `${prefix}:processes`,
    socketChannels: () => `${prefix}:sockets`,
    readyCheck: (partition) => (partition === undefined ? `${prefix}:ready` : `${prefix}:{p${partition}}:ready`),
    storageGeneration: () => `${prefix}:epoch`,
    partitionGeneration: (partition) => `${prefix}:{p${partition}}:epoch`,
    dataFormat: () => `${prefix}:data-format`,
    dataUpgradeLock: () => `${prefix}:data-upgrade`,
    retentionWalk: () => `${prefix}:retention:walk`,
    retentionTurn: () => `${prefix}:retention:turn`,
    archiveRetentionTurn: () => `${prefix}:retention:archive`,
    auditRetentionTurn: () => `${prefix}:retention:audit`,
    alertTurn: () => `${prefix}:alerts:turn`,
    evictionWalk: () => `${prefix}:eviction:walk`,
    evictionTurn: () => `${prefix}:eviction:turn`,
  };
}
