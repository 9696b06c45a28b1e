/** Writes a fault in the settings as a sentence: which setting, what was given, what is allowed. */
import { cutText } from '@firstword/shared/cut-text';
import type { SchemaNode } from '@firstword/shared/schema-node';
import type { z } from 'zod';
import { hideSecrets, isSecretName, shownUrl } from '../lib/hide-secrets.ts';
import { didYouMean } from '../lib/near-miss.ts';
import { schemaAt } from './config-json-schema.ts';

/** A configuration that cannot be used. Each line of the message names a setting, what was given and what is allowed. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const SHOWN_MAX = 80;
type Issue = z.core.$ZodIssue;

export interface FaultContext {
  /** What may be written, by path. */
  readonly tree: SchemaNode;
  /** The value as it was written, before `"$NAME"` was replaced. */
  readonly given: (path: readonly PropertyKey[]) => unknown;
}

/** The options with which a schema must be used, so that only our own messages arrive in its issues. */
export const OWN_MESSAGES: z.core.ParseContext<Issue> = { error: () => '', reportInput: true };

/** `sites[0].allowedOrigins[1]` */
export function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`;
      const name = String(key);
      return /^[\w$-]+$/.test(name) ? `${index === 0 ? '' : '.'}${name}` : `["${name}"]`;
    })
    .join('');
}

/** A value fit to be printed: secrets hidden, long ones cut. */
export function shownValue(path: readonly PropertyKey[], value: unknown): string {
  if (typeof value === 'string' && /^\$[A-Z][A-Z0-9_]*$/.test(value)) return `the value of ${value}`;
  if (path.some((key) => typeof key === 'string' && isSecretName(key))) return 'the given value';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const name = String(path.at(-1) ?? '');
  const text = typeof value === 'string' ? (/url$/i.test(name) ? shownUrl(value) : hideSecrets(value)) : String(value);
  const short = text.length > SHOWN_MAX ? `${cutText(text, SHOWN_MAX)}…` : text;
  return typeof value === 'string' ? JSON.stringify(short) : short;
}

/** One line for each fault; of several at one place, the first. */
export function describeIssues(issues: readonly Issue[], context: FaultContext): string[] {
  const isWithin = (path: readonly PropertyKey[], outer: readonly PropertyKey[]) =>
    path.length > outer.length && outer.every((key, index) => key === path[index]);
  return issues
    .filter(
      ({ code, path }, index) =>
        code === 'unrecognized_keys' ||
        (issues.findIndex((other) => placeOf(other.path) === placeOf(path)) === index &&
          !(code === 'custom' && issues.some((other) => isWithin(other.path, path)))),
    )
    .flatMap((issue) => describeIssue(issue, context));
}

function describeIssue(issue: Issue, context: FaultContext): string[] {
  const { path, message } = issue;
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...path, key], context));
  if (issue.code === 'invalid_key') {
    const [inner] = issue.issues;
    return [`${placeOf(path)}: ${JSON.stringify(path.at(-1))} ${inner?.message || 'is not an allowed key'}.`];
  }
  const value = context.given(path);
  const shown = shownValue(path, value);
  if (message !== '') return [`${placeOf(path)}: ${shown} ${message}.`];
  const allowed = allowedText(schemaAt(context.tree, path));
  if (value === undefined) return [`${placeOf(path)}: is required but not set. Use ${allowed}.`];
  const near = issue.code === 'invalid_value' ? didYouMean(String(value), issue.values.map(String)) : '';
  return [`${placeOf(path) || 'The file'}: ${shown} is not allowed. Use ${allowed}.${near}`];
}

function unknownKey(path: readonly PropertyKey[], { tree }: FaultContext): string {
  const known = Object.keys(schemaAt(tree, path.slice(0, -1))?.properties ?? {}).filter((name) => name !== '$schema');
  return `${placeOf(path)}: there is no such setting.${didYouMean(String(path.at(-1)), known)} Allowed here: ${known.join(', ')}.`;
}

/** Continues "Use …". */
export function allowedText(node: SchemaNode | undefined): string {
  if (node?.enum) return oneOf(node.enum.map(String));
  switch (node?.type) {
    case 'integer':
      return `a whole number${range(node)}`;
    case 'number':
      return `a number${range(node)}`;
    case 'boolean':
      return 'true or false';
    case 'string':
      return `a text${length(node)}`;
    case 'array': {
      const { minItems = 0, maxItems } = node;
      const most = maxItems === undefined ? '' : ` and at most ${maxItems}`;
      return `a list${minItems > 0 || maxItems !== undefined ? ` with at least ${entries(minItems)}${most}` : ''}`;
    }
    case 'object':
      return node.properties ? `an object with the keys ${Object.keys(node.properties).join(', ')}` : 'an object';
    default:
      return node?.anyOf === undefined ? 'another value' : node.anyOf.map(allowedText).join(', or ');
  }
}

const entries = (count: number) => (count === 1 ? '1 entry' : `${count} entries`);

function oneOf(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}

function range({ minimum, maximum, exclusiveMinimum }: SchemaNode): string {
  const most = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  const least = minimum === Number.MIN_SAFE_INTEGER ? undefined : minimum;
  if (exclusiveMinimum !== undefined) return ` above ${exclusiveMinimum}`;
  if (least !== undefined && most !== undefined) return ` from ${least} to ${most}`;
  return least === undefined ? '' : `, ${least} or more`;
}

function length({ minLength = 0, maxLength }: SchemaNode): string {
  if (maxLength !== undefined)
    return minLength > 0 ? ` of ${minLength} to ${maxLength} characters` : ` of up to ${maxLength} characters`;
  if (minLength > 1) return ` of at least ${minLength} characters`;
  return minLength === 1 ? ' that is not empty' : '';
}
