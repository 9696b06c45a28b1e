/** JSON Schema of the configuration file: shipped for editors, and the source of messages and documentation. */
import { z } from 'zod';
import { configFileSchema } from './config-schema.ts';

/** The parts of JSON Schema that our schemas produce. */
export interface SchemaNode {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly SchemaNode[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: SchemaNode;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly required?: readonly string[];
}

const nodeSchema: z.ZodType<SchemaNode> = z.lazy(() =>
  z.object({
    type: z.string().exactOptional(),
    description: z.string().exactOptional(),
    default: z.unknown().optional(),
    enum: z.array(z.unknown()).exactOptional(),
    anyOf: z.array(nodeSchema).exactOptional(),
    minimum: z.number().exactOptional(),
    maximum: z.number().exactOptional(),
    exclusiveMinimum: z.number().exactOptional(),
    minLength: z.number().exactOptional(),
    maxLength: z.number().exactOptional(),
    pattern: z.string().exactOptional(),
    format: z.string().exactOptional(),
    minItems: z.number().exactOptional(),
    maxItems: z.number().exactOptional(),
    items: nodeSchema.exactOptional(),
    properties: z.record(z.string(), nodeSchema).exactOptional(),
    additionalProperties: z.union([z.boolean(), nodeSchema]).exactOptional(),
    required: z.array(z.string()).exactOptional(),
  }),
);

/** What may be written, before defaults and transforms. */
export function schemaTree(schema: z.ZodType): SchemaNode {
  return nodeSchema.parse(z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }));
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
