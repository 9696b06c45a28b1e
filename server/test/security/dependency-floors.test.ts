/** Packages whose earlier versions have known holes, checked without a network. */
import { readFileSync } from 'node:fs';
import { addSecurityRow } from '@firstword/testing/security-row';
import { expect, test } from 'vitest';
import { z } from 'zod';

/** The first version without the hole. */
const FLOORS: Readonly<Record<string, string>> = {
  undici: '7.18.0',
  qs: '6.14.1',
  ws: '8.17.1',
  'engine.io': '6.6.7',
  'socket.io-parser': '4.2.7',
};
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), hasInstallScript: z.boolean().optional() }),
  ),
});
const root = new URL('../../../', import.meta.url);

function isBelow(version: string, floor: string): boolean {
  const numbers = (text: string) => text.split('.').map(Number);
  const [one, other] = [numbers(version), numbers(floor)];
  const index = one.findIndex((part, at) => part !== other[at]);
  return index >= 0 && (one[index] ?? 0) < (other[index] ?? 0);
}

test('every locked copy of a package with a known hole is at or above the version without it', ({ task }) => {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8')));
  const copies = Object.entries(packages).flatMap(([path, { version = '' }]) => {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1] ?? '';
    const floor = FLOORS[name];
    return floor === undefined ? [] : [{ name, version, floor }];
  });
  expect(new Set(copies.map(({ name }) => name))).toEqual(new Set(Object.keys(FLOORS)));
  expect(copies.filter(({ version, floor }) => isBelow(version, floor))).toEqual([]);
  expect(readFileSync(new URL('Dockerfile', root), 'utf8')).not.toMatch(/npm ci(?!.*--ignore-scripts)/);
  addSecurityRow(task, {
    id: 'S36',
    tried: `${copies.length} locked copies of ${Object.keys(FLOORS).length} packages against their floors; install scripts in the image`,
    result: '0 below, none run',
  });
});
