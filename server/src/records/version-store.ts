/** Versions of a value, such as a site's guidance, for each id. The newest one is in use. */
import type { VersionView } from '@firstword/shared/version';

export interface StoredVersion<Value> {
  readonly number: number;
  readonly value: Value;
}

export interface VersionStore<Value> {
  /** The newest version; undefined while there is none. */
  load(id: string): Promise<StoredVersion<Value> | undefined>;
  /** The newest version of every id. */
  loadAll(): Promise<Map<string, StoredVersion<Value>>>;
  loadVersion(id: string, number: number): Promise<Value | undefined>;
  /** Adds a version. `conflict`: the newest one is not `after`, the number that the change is based on; 0 for none. */
  save(id: string, value: Value, about: { after: number; by: string }): Promise<'saved' | 'conflict'>;
  /** Newest first. */
  listVersions(id: string, limit: number): Promise<VersionView[]>;
  /** The newest number of every id. */
  numbers(): Promise<Map<string, number>>;
}
