/** Records in memory that all processes of an installation share, when they run in one process of a test. */
import { createMemoryRecords, type Records } from '@firstword/server/records/records';

const ofInstallations = new Map<string, Records>();

/** @param installation its Redis, and its prefix where several share one */
export function memoryRecordsOf(installation: string): Records {
  const records = ofInstallations.get(installation) ?? createMemoryRecords();
  ofInstallations.set(installation, records);
  return records;
}
