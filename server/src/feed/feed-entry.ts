/** Reads an entry of a partition's stream, as `store/feed-scripts.ts` and its callers write it, as an event. */
import { type FeedEvent, feedEventSchema } from '@firstword/shared/feed-event';

export interface FeedEntry {
  readonly id: string;
  /** Names and values in turn. */
  readonly fields: readonly string[];
}

const JSON_FIELDS = ['message', 'asker', 'request', 'rating', 'agent', 'preChat', 'profile'];
const NUMBER_FIELDS = ['v', 'seq', 'messageSeq', 'firstSeq', 'handOff'];

/** A value as it is written, also of an entry that this version cannot read. */
export function entryValue({ fields }: FeedEntry, name: string): string | undefined {
  const at = fields.findIndex((field, index) => index % 2 === 0 && field === name);
  return at === -1 ? undefined : fields[at + 1];
}

export const entryType = (entry: FeedEntry) => entryValue(entry, 'type');

/** @throws ZodError or SyntaxError when this version cannot read the entry */
export function readEntry({ id, fields }: FeedEntry): FeedEvent {
  const { message, asker, seq, siteId = '', ...rest } = Object.fromEntries(valuesOf(fields));
  return feedEventSchema.parse({
    ...objectOf(asker),
    ...rest,
    siteId,
    eventId: id,
    at: Number.parseInt(id, 10),
    ...(message !== undefined && { message: { ...objectOf(message), seq } }),
    ...(message === undefined && seq !== undefined && { seq }),
  });
}

function* valuesOf(fields: readonly string[]): Generator<readonly [string, unknown]> {
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [name = '', value = ''] = [fields[at], fields[at + 1]];
    if (value === '') continue; // a script writes '' for what it does not know
    if (JSON_FIELDS.includes(name)) yield [name, JSON.parse(value)];
    else yield [name, NUMBER_FIELDS.includes(name) ? Number(value) : value];
  }
}

const objectOf = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});
