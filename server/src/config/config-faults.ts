/** Writes a fault in the settings as a sentence: which setting, what was given, what is allowed. */
import { cutText } from '@firstword/shared/cut-text';
import type { SchemaNode } from '@firstword/shared/schema-node';
import type { SettingFault } from '@firstword/shared/setting-fault';
import type { z } from 'zod';
import { hideSecrets, isSecretName, shownUrl } from '../lib/hide-secrets.ts';
import { nearMiss } from '../lib/near-miss.ts';
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

/** `hours.timeZone: "Mars" is not a time zone.` */
export const faultLine = ({ setting, text }: Pick<SettingFault, 'setting' | 'text'>): string => `${setting}: ${text}`;

/** One line for each fault; of several at one place, the first. */
export function describeIssues(issues: readonly Issue[], context: FaultContext): string[] {
  return settingFaults(issues, context).map(faultLine);
}

/** Of several faults at one place, the first. */
export function settingFaults(issues: readonly Issue[], context: FaultContext): SettingFault[] {
  const isWithin = (path: readonly PropertyKey[], outer: readonly PropertyKey[]) =>
    path.length > outer.length && outer.every((key, index) => key === path[index]);
  return issues
    .filter(
      ({ code, path }, index) =>
        code === 'unrecognized_keys' ||
        (issues.findIndex((other) => placeOf(other.path) === placeOf(path)) === index &&
          !(code === 'custom' && issues.some((other) => isWithin(other.path, path)))),
    )
    .flatMap((issue) => faultsOf(issue, context));
}

function faultsOf(issue: Issue, context: FaultContext): SettingFault[] {
  const { path, message } = issue;
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...path, key], context));
  const setting = placeOf(path) || 'The file';
  if (issue.code === 'invalid_key') {
    const [inner] = issue.issues;
    const text = `${JSON.stringify(path.at(-1))} ${inner?.message || 'is not an allowed key'}.`;
    return [{ setting, code: 'against-rule', text }];
  }
  const value = context.given(path);
  const shown = shownValue(path, value);
  const given = isShownAsItIs(path, value) ? { given: shown } : {};
  if (message !== '')
    return [{ setting, code: 'against-rule', text: `${shown} ${message}.`, ...given, ...ruleOf(message) }];
  const allowed = schemaAt(context.tree, path);
  const use = `Use ${allowedText(allowed)}.`;
  const about = allowed === undefined ? {} : { allowed };
  if (value === undefined) return [{ setting, code: 'missing', text: `is required but not set. ${use}`, ...about }];
  const near = issue.code === 'invalid_value' ? nearMiss(String(value), issue.values.map(String)) : undefined;
  const text = `${shown} is not allowed. ${use}${near === undefined ? '' : ` Did you mean "${near}"?`}`;
  return [{ setting, code: 'not-allowed', text, ...given, ...about, ...(near === undefined ? {} : { near }) }];
}

const isShownAsItIs = (path: readonly PropertyKey[], value: unknown) =>
  (typeof value !== 'object' || value === null) && !path.some((key) => typeof key === 'string' && isSecretName(key));

/** The address that a rule recommends depends on what was given. */
function ruleOf(message: string): Pick<SettingFault, 'rule' | 'example'> {
  const [, rule, example, rest = ''] = /^(.* (?:[Uu]se|as) )([a-z]+:\/\/[\w[][^\s,]*)(.*)$/.exec(message) ?? [];
  return rule === undefined || example === undefined ? { rule: message } : { rule: `${rule}…${rest}`, example };
}

function unknownKey(path: readonly PropertyKey[], { tree }: FaultContext): SettingFault {
  const names = Object.keys(schemaAt(tree, path.slice(0, -1))?.properties ?? {}).filter((name) => name !== '$schema');
  const near = nearMiss(String(path.at(-1)), names);
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  return {
    setting: placeOf(path),
    code: 'unknown-setting',
    text: `there is no such setting.${hint} Allowed here: ${names.join(', ')}.`,
    names,
    ...(near === undefined ? {} : { near }),
  };
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
