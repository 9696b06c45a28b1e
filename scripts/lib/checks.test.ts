import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const source = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

test('every project of vitest.config.ts belongs to exactly one stage', () => {
  const projects = [...source('../../vitest.config.ts').matchAll(/name: '(\w+)'/g)].map(([, name]) => name);
  const staged = [...source('./checks.mjs').matchAll(/_PROJECTS = \[([^\]]*)\]/g)].flatMap(([, list]) =>
    [...(list ?? '').matchAll(/'(\w+)'/g)].map(([, name]) => name),
  );
  expect(staged.toSorted()).toEqual(projects.toSorted());
});
