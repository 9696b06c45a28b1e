/** JSON Schema of the configuration file: shipped for editors, and the source of messages and documentation. */
import { type SchemaNode, schemaNodeSchema } from '@firstword/shared/schema-node';
import { z } from 'zod';
import { configFileSchema } from './config-schema.ts';

/** What may be written, before defaults and transforms. */
export function schemaTree(schema: z.ZodType): SchemaNode {
  return schemaNodeSchema.parse(z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }));
}

/** The part that describes a value at this path; undefined for an unknown key. */
export function schemaAt(tree: SchemaNode, path: readonly PropertyKey[]): SchemaNode | undefined {
  return path.reduce<SchemaNode | undefined>(partAt, tree);
}

function partAt(node: SchemaNode | undefined, key: PropertyKey): SchemaNode | undefined {
  if (typeof key === 'number') return node?.items;
  const other = node?.additionalProperties;
  return node?.properties?.[String(key)] ?? (typeof other === 'object' ? other : undefined);
}

/** `"$NAME"` is replaced by an environment variable before any check, so it is valid where a text is. */
const CONSTRAINTS = ['type', 'pattern', 'format', 'minLength', 'maxLength'] as const;
const REFERENCE = { type: 'string' as const, pattern: '^\\$[A-Z][A-Z0-9_]*$' };

/** The file that is shipped. */
export function configJsonSchema(): object {
  const schema = z.toJSONSchema(configFileSchema, {
    io: 'input',
    target: 'draft-7',
    override({ jsonSchema }) {
      const { type, pattern, format, minLength = 0 } = jsonSchema;
      if (type !== 'string' || (pattern === undefined && format === undefined && minLength < 2)) return;
      const constraints = CONSTRAINTS.filter((name) => jsonSchema[name] !== undefined);
      jsonSchema.anyOf = [Object.fromEntries(constraints.map((name) => [name, jsonSchema[name]])), REFERENCE];
      for (const name of constraints) delete jsonSchema[name];
    },
  });
  return { ...schema, title: 'Configuration of Firstword (firstword.config.json)' };
}
