import { readFileSync } from 'node:fs';
import { SPEAKERS } from '@firstword/shared/wire';
import { ACK_CODES, CONNECT_CODES } from '@firstword/shared/wire-refusals';
import { expect, test } from 'vitest';

const page = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');
const source = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const section = (heading: string) => page.split(/^#{2,3} /m).find((part) => part.startsWith(heading)) ?? '';
const firstColumn = (heading: string) => [...section(heading).matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
const eventsOf = (name: string) => {
  const body = source('shared/src/wire.ts').split(`export interface ${name} {`)[1]?.split('\n}')[0] ?? '';
  return [...body.matchAll(/^ {2}'?([a-z-]+)'?: \(/gm)].map(([, event]) => event);
};

test('the page lists exactly the events of the wire', () => {
  expect(firstColumn('Client → server')).toEqual(eventsOf('WidgetClientEvents'));
  expect(firstColumn('Server → client')).toEqual(eventsOf('WidgetServerEvents'));
});

test('the page lists every code that a client can receive', () => {
  for (const code of [...ACK_CODES, ...CONNECT_CODES])
    expect(section('Widget socket') + section('Client → server')).toContain(`\`${code}\``);
  for (const speaker of SPEAKERS) expect(section('Server → client')).toContain(`'${speaker}'`);
});

test('every npm script on the page exists', () => {
  const { scripts } = JSON.parse(source('package.json'));
  const named = [...section('Commands').matchAll(/^\| `npm (?:run )?([\w:]+)`/gm)].map(([, name]) => name ?? '');
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
});
