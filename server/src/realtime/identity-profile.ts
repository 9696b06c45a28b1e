/** Reads what a verified identity token says about its visitor. What has no allowed form is left out, never a reason to refuse. */
import { NAME_TEXT_MAX } from '@firstword/shared/limits';
import {
  ATTRIBUTE_NAME,
  ATTRIBUTES_MAX,
  type Attribute,
  attributeSchema,
  type VisitorProfile,
} from '@firstword/shared/visitor-profile';
import { emailSchema } from '@firstword/shared/wire-requests';
import { z } from 'zod';

const nameSchema = z.string().trim().min(1).max(NAME_TEXT_MAX);
const attributesSchema = z.record(z.string(), z.unknown());

interface ReadProfile {
  readonly profile: VisitorProfile;
  /** Names of claims that were left out. */
  readonly ignored: readonly string[];
}

export function readProfile(subject: string, claims: Readonly<Record<string, unknown>>): ReadProfile {
  const ignored: string[] = [];
  const read = <Value>(name: string, schema: z.ZodType<Value>, value: unknown): Value | undefined => {
    if (value === undefined || value === null) return undefined;
    const parsed = schema.safeParse(value);
    if (!parsed.success) ignored.push(name);
    return parsed.data;
  };
  const name = read('name', nameSchema, claims['name']);
  const email = read('email', emailSchema, claims['email']);
  const attributes: [string, Attribute][] = [];
  for (const [key, value] of Object.entries(read('attributes', attributesSchema, claims['attributes']) ?? {})) {
    const isAllowed = ATTRIBUTE_NAME.test(key) && attributes.length < ATTRIBUTES_MAX;
    const attribute = read(`attributes.${key.slice(0, 40)}`, isAllowed ? attributeSchema : z.never(), value);
    if (attribute !== undefined) attributes.push([key, attribute]);
  }
  return {
    profile: {
      subject,
      ...(name !== undefined && { name }),
      ...(email !== undefined && { email }),
      ...(attributes.length > 0 && { attributes: Object.fromEntries(attributes) }),
    },
    ignored,
  };
}
