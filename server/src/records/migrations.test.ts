/** A release must run on the tables of the next one, so a migration adds; what is no longer used is removed a release later. */
import { expect, test } from 'vitest';
import { MIGRATIONS } from './migrations.ts';

/** What a process of the release before would trip over. */
const BREAKING: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['removes a table or a column', /\bDROP\s+(?:TABLE|COLUMN|VIEW|TYPE)\b/i],
  ['renames', /\bRENAME\b/i],
  ['changes the type of a column', /\bALTER\s+COLUMN\s+\w+\s+(?:SET\s+DATA\s+)?TYPE\b/i],
  ['refuses rows without a column that they do not know', /\bSET\s+NOT\s+NULL\b/i],
  [
    'adds a column that must be given',
    /\bADD\s+(?:COLUMN\s+)?(?!CONSTRAINT)[^,;]*\bNOT\s+NULL\b(?![^,;]*\b(?:DEFAULT|GENERATED)\b)/i,
  ],
];

/** Numbers of migrations that remove what no release since the one before last has used. */
const CONTRACTING: readonly number[] = [];

const breaches = (sql: string) => BREAKING.filter(([, pattern]) => pattern.test(sql)).map(([what]) => what);

test.each(MIGRATIONS.map(({ number, name, sql }) => ({ number, name, sql })))(
  'migration $number ($name) leaves the tables of the release before usable',
  ({ number, sql }) => {
    if (!CONTRACTING.includes(number)) expect(breaches(sql)).toEqual([]);
  },
);

test.each([
  ['ALTER TABLE messages DROP COLUMN text', 'removes a table or a column'],
  ['ALTER TABLE messages RENAME COLUMN text TO body', 'renames'],
  ['ALTER TABLE messages ALTER COLUMN seq TYPE bigint', 'changes the type of a column'],
  ['ALTER TABLE messages ALTER COLUMN text SET NOT NULL', 'refuses rows without a column that they do not know'],
  ['ALTER TABLE messages ADD COLUMN channel text NOT NULL', 'adds a column that must be given'],
])('%s is recognised: it %s', (sql, what) => {
  expect(breaches(sql)).toEqual([what]);
});

test.each([
  'ALTER TABLE messages ADD COLUMN channel text',
  "ALTER TABLE messages ADD channel text NOT NULL DEFAULT 'widget'",
  'CREATE TABLE tags (id text NOT NULL)',
])('%s is allowed', (sql) => {
  expect(breaches(sql)).toEqual([]);
});
