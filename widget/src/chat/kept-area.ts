/** One of the browser's storages. Memory holds every value too, so that nothing is lost where storage is blocked or full. */

export interface KeptArea {
  get(key: string): string | undefined;
  set(key: string, value: string | undefined): void;
  /** The value in storage now, which another tab may have changed; otherwise the one in memory. */
  latest(key: string): string | undefined;
  /** Takes over what another tab has stored or removed. */
  refresh(key: string): void;
}

/** @param storage throws, or returns null, where the browser blocks it */
export function createKeptArea(storage: () => Storage | null): KeptArea {
  const memory = new Map<string, string | undefined>();
  /** Keys whose last write the storage did not take. */
  const unsaved = new Set<string>();

  function read(key: string): string | undefined {
    try {
      return storage()?.getItem(key) ?? undefined;
    } catch {
      return undefined;
    }
  }
  function get(key: string): string | undefined {
    if (!memory.has(key)) memory.set(key, read(key));
    return memory.get(key);
  }
  function write(key: string, value: string | undefined) {
    try {
      if (value === undefined) storage()?.removeItem(key);
      else storage()?.setItem(key, value);
    } catch {
      // A full storage would keep the value from before.
      if (value !== undefined) write(key, undefined);
    }
  }

  return {
    get,
    set(key, value) {
      memory.set(key, value);
      write(key, value);
      if (read(key) === value) unsaved.delete(key);
      else unsaved.add(key);
    },
    latest: (key) => (unsaved.has(key) ? undefined : read(key)) ?? get(key),
    refresh(key) {
      if (!unsaved.has(key)) memory.delete(key);
    },
  };
}
