/** Records in memory that all servers of an installation share, as its processes share a database. */
import { createMemoryRecords } from '@firstword/server/records/memory-records';
import type { Records } from '@firstword/server/records/records';

const ofInstallations = new Map<string, Records>();

/** @param installation the address of its Redis, and the prefix of its keys there if it is not the only one */
export function recordsBeside(installation: string): Records {
  const known = ofInstallations.get(installation) ?? createMemoryRecords();
  ofInstallations.set(installation, known);
  return known;
}
