/** The keys of an object literal with their exact types, which `Object.keys` widens to `string`. */
export function keysOf<K extends string>(record: Readonly<Partial<Record<K, unknown>>>): K[] {
  return Object.keys(record) as K[];
}
