import { readFileSync } from 'node:fs';
import type { SchemaNode } from '@firstword/shared/schema-node';
import { expect, test } from 'vitest';
import { writeTables } from './config-docs.ts';
import { configJsonSchema, schemaTree } from './config-json-schema.ts';
import { configFileSchema } from './config-schema.ts';
import { environmentSchema } from './environment.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const REGENERATE = 'is out of date: run `npm run config:schema` and commit what it writes';

test('firstword.config.schema.json matches the schema', () => {
  expect(JSON.parse(read('firstword.config.schema.json')), `firstword.config.schema.json ${REGENERATE}`).toEqual(
    JSON.parse(JSON.stringify(configJsonSchema())),
  );
});

test('docs/configuration.md has every key and variable, as the schemas describe them', () => {
  const page = read('docs/configuration.md');
  expect(page, `docs/configuration.md ${REGENERATE}`).toBe(writeTables(page));
});

test('every key and every variable has a description', () => {
  const undescribed = (node: SchemaNode, path: string): string[] =>
    Object.entries(node.properties ?? {}).flatMap(([name, child]) => [
      ...(child.description ? [] : [`${path}${name}`]),
      ...[child, child.items, child.additionalProperties].flatMap((inner) =>
        typeof inner === 'object' ? undescribed(inner, `${path}${name}.`) : [],
      ),
    ]);
  for (const schema of [configFileSchema, environmentSchema]) expect(undescribed(schemaTree(schema), '')).toEqual([]);
});

/** Read only by docker-compose.yml. */
const COMPOSE_ONLY = ['BIND'];

test('.env.example explains every variable but NODE_ENV, and no other', () => {
  const explained = [...read('.env.example').matchAll(/^# .+\n# ([A-Z_]+)=/gm)].map(([, name]) => name);
  const known = Object.keys(environmentSchema.shape).filter((name) => name !== 'NODE_ENV');
  expect(explained.toSorted()).toEqual([...known, ...COMPOSE_ONLY].toSorted());
});

test('in the shipped schema a secret may be a reference to the environment', () => {
  const text = JSON.stringify(configJsonSchema());
  expect(text).toContain(
    '{"anyOf":[{"type":"string","minLength":32},{"type":"string","pattern":"^\\\\$[A-Z][A-Z0-9_]*$"}]'.slice(1),
  );
});
