import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const source = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

/** Started by hand, because its tests need the machine for themselves. */
const SEPARATE = 'alone';

test('every project of vitest.config.ts belongs to exactly one stage, except the separate one', () => {
  const projects = [...source('../../vitest.config.ts').matchAll(/name: '(\w+)'/g)].map(([, name]) => name);
  const staged = [...source('./checks.mjs').matchAll(/_PROJECTS = \[([^\]]*)\]/g)].flatMap(([, list]) =>
    [...(list ?? '').matchAll(/'(\w+)'/g)].map(([, name]) => name),
  );
  expect([...staged, SEPARATE].toSorted()).toEqual(projects.toSorted());
});
