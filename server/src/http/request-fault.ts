/** Says what is wrong with a request: the field, and what it must be. Pure. */
import type { Phrase } from '@firstword/shared/phrase';
import type { z } from 'zod';
import { phrase } from '../lib/phrase.ts';

type Issue = z.core.$ZodIssue;

const SHOWN_MAX = 3;
const NOT_VALID = phrase`is not valid`;

/** @param error of a schema that was used with `OWN_MESSAGES` */
export function requestFault({ issues }: z.ZodError): Phrase {
  // Of several at one place, the first says what is wrong.
  const places = new Map(issues.toReversed().map((issue) => [issue.path.join('.'), issue]));
  const shown = issues.filter((issue) => places.get(issue.path.join('.')) === issue);
  const [first = NOT_VALID, ...others] = shown.slice(0, SHOWN_MAX).map(faultOf);
  return others.reduce((said, next) => phrase`${said}; ${next}`, first);
}

function faultOf(issue: Issue): Phrase {
  const [name, ...inner] = issue.path;
  if (name === undefined) return ruleOf(issue);
  // The console has names of its own for fields.
  return phrase`${placeOf({ wording: String(name), values: [] }, inner)}: ${ruleOf(issue)}`;
}

function placeOf(field: Phrase, inner: readonly PropertyKey[]): Phrase {
  const [index] = inner;
  if (inner.length === 1 && typeof index === 'number') return phrase`${field}, entry ${index + 1}`;
  return inner.length === 0 ? field : phrase`${field}.${inner.map(String).join('.')}`;
}

function ruleOf(issue: Issue): Phrase {
  // The console has a sentence for each message of the schemas.
  if (issue.message !== '') return { wording: issue.message, values: valuesOf(issue) };
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? phrase`is required` : typeRule(issue.expected);
    case 'too_small':
      return sizeRule(issue.origin, Number(issue.minimum));
    case 'too_big':
      return limitRule(issue.origin, Number(issue.maximum));
    case 'invalid_value':
      return issue.input === undefined
        ? phrase`is required`
        : phrase`must be one of these: ${issue.values.map(String).join(', ')}`;
    case 'unrecognized_keys':
      return phrase`has no field "${issue.keys.join('", "')}"`;
    default:
      return NOT_VALID;
  }
}

/** A rule whose message has places for values, such as `{0} is not a variable`, gives them in its parameters. */
function valuesOf(issue: Issue): readonly string[] {
  const values: unknown = issue.code === 'custom' ? issue.params?.['values'] : undefined;
  return Array.isArray(values) ? values.map(String) : [];
}

function typeRule(expected: string): Phrase {
  switch (expected) {
    case 'string':
      return phrase`must be a text`;
    case 'number':
      return phrase`must be a number`;
    case 'int':
      return phrase`must be a whole number`;
    case 'boolean':
      return phrase`must be true or false`;
    case 'array':
      return phrase`must be a list`;
    case 'object':
    case 'record':
      return phrase`must be an object`;
    default:
      return NOT_VALID;
  }
}

function sizeRule(origin: string, least: number): Phrase {
  if (origin !== 'string' && origin !== 'array') return phrase`must be at least ${least}`;
  if (least === 1) return phrase`must not be empty`;
  return origin === 'string'
    ? phrase`must have at least ${least} characters`
    : phrase`must have at least ${least} entries`;
}

function limitRule(origin: string, most: number): Phrase {
  if (origin === 'string') return phrase`must have at most ${most} characters`;
  return origin === 'array' ? phrase`must have at most ${most} entries` : phrase`must be at most ${most}`;
}
