/** Changes of settings with parts. Pure. */
import type { SchemaNode } from '@firstword/shared/schema-node';
import type { SettingValue } from './sites-controller.ts';

export interface SettingRecord {
  readonly [name: string]: SettingValue;
}

/** What a setting is when it is switched on. */
export function firstValue(name: string, node: SchemaNode, timeZone = localTimeZone()): NonNullable<SettingValue> {
  const own = FIRST_VALUES[name];
  if (own !== undefined) return own;
  if (name === 'hours') return { timeZone, open: [OFFICE_HOURS] };
  return Object.fromEntries((node.required ?? []).map((part) => [part, '']));
}

const OFFICE_HOURS = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' };
const FIRST_VALUES: Readonly<Record<string, NonNullable<SettingValue>>> = {
  open: OFFICE_HOURS,
  preChat: { email: 'optional' },
  consent: { version: '1', text: '' },
};

/** Without a part that is undefined. */
export function withPart(record: SettingRecord, part: string, value: SettingValue): NonNullable<SettingValue> {
  const parts = Object.entries({ ...record, [part]: value });
  return Object.fromEntries(
    parts.filter((entry): entry is [string, NonNullable<SettingValue>] => entry[1] !== undefined),
  );
}

const localTimeZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;
