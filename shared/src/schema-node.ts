/** The parts of JSON Schema that our settings produce. */
import { z } from 'zod';

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

export const schemaNodeSchema: z.ZodType<SchemaNode> = z.lazy(() =>
  z.object({
    type: z.string().exactOptional(),
    description: z.string().exactOptional(),
    default: z.unknown().optional(),
    enum: z.array(z.unknown()).exactOptional(),
    anyOf: z.array(schemaNodeSchema).exactOptional(),
    minimum: z.number().exactOptional(),
    maximum: z.number().exactOptional(),
    exclusiveMinimum: z.number().exactOptional(),
    minLength: z.number().exactOptional(),
    maxLength: z.number().exactOptional(),
    pattern: z.string().exactOptional(),
    format: z.string().exactOptional(),
    minItems: z.number().exactOptional(),
    maxItems: z.number().exactOptional(),
    items: schemaNodeSchema.exactOptional(),
    properties: z.record(z.string(), schemaNodeSchema).exactOptional(),
    additionalProperties: z.union([z.boolean(), schemaNodeSchema]).exactOptional(),
    required: z.array(z.string()).exactOptional(),
  }),
);
