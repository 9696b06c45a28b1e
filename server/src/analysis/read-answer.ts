/** Parses an analysis from a model's answer, part by part. Invalid parts are dropped and named. */
import { type AnalysisContent, analysisContentSchema } from '@firstword/shared/analysis';
import { cutText } from '@firstword/shared/cut-text';
import { jsonrepair } from 'jsonrepair';
import type { z } from 'zod';

export interface ReadAnswer {
  readonly parts: Partial<AnalysisContent>;
  /** What was dropped, such as `evidence[2]` or `reading.trend`. */
  readonly dropped: readonly string[];
  /** What was wrong, for the repair request. */
  readonly faults: readonly string[];
  /** The answer ended before its JSON did. */
  readonly cut: boolean;
}

const NOTHING: ReadAnswer = { parts: {}, dropped: [], faults: ['it is not a JSON object'], cut: false };
const partsSchema = analysisContentSchema.partial();
/** Each round repairs the reported issues; issues hidden by them are reported in the next round. */
const ROUNDS = 6;
const FAULTS_SHOWN = 12;

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

export function readAnswer(answer: string): ReadAnswer {
  const found = parseJson(answer);
  if (found === undefined) return NOTHING;
  const { value, cut } = found;
  const dropped = new Set<string>();
  const faults = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const parsed = partsSchema.safeParse(value);
    if (parsed.success) {
      const { data } = parsed;
      const given = Object.keys(analysisContentSchema.shape).filter((part) => part in value);
      // Parts that were left out must not appear as defaults.
      const parts: Partial<AnalysisContent> = Object.fromEntries(
        Object.entries(data).filter(([part]) => given.includes(part)),
      );
      return { parts, dropped: [...dropped], faults: [...faults].slice(0, FAULTS_SHOWN), cut };
    }
    for (const { path, message } of parsed.error.issues) faults.add(`${nameOf(path)}: ${message}`);
    repair(value, parsed.error.issues, dropped);
  }
  return { ...NOTHING, cut };
}

/** The repair of a longer text could take seconds; three answers of 1500 tokens fit. */
const REPAIRED_CHARS = 24_000;

/** Everything up to the last `,`, `}` or `]` outside a string: jsonrepair alone would keep half a sentence or quote. */
const WHOLE_VALUES = /^(?:[^"]|"(?:[^"\\]|\\.)*")*[,}\]]/s;

/** The first object in the text. One that was cut off is closed after its last complete value. */
function parseJson(answer: string): { value: Record<string, unknown>; cut: boolean } | undefined {
  const start = answer.indexOf('{');
  if (start < 0) return undefined;
  const text = answer.slice(start);
  const whole = asObject(() => text.slice(0, text.lastIndexOf('}') + 1));
  if (whole !== undefined) return { value: whole, cut: false };
  if (text.length > REPAIRED_CHARS) return undefined;
  const closed = asObject(() => jsonrepair(WHOLE_VALUES.exec(text)?.[0] ?? ''));
  return closed && { value: closed, cut: true };
}

function asObject(json: () => string): Record<string, unknown> | undefined {
  try {
    // Models write null for what they leave out.
    const value: unknown = JSON.parse(json(), (_, part: unknown) => (part === null ? undefined : part));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Shortens values that are too long and removes invalid ones. */
function repair(root: Record<string, unknown>, issues: readonly Issue[], dropped: Set<string>): void {
  // Last path first, so that removing an item does not move items that are still to be checked.
  const ordered = issues.toSorted((one, other) => comparePaths(other.path, one.path));
  const removed = new Set<string>();
  for (const issue of ordered) {
    const value = valueAt(root, issue.path);
    if (issue.code === 'invalid_type' && issue.expected === 'string' && typeof value === 'number')
      setAt(root, issue.path, String(value));
    else if (issue.code === 'too_big' && Array.isArray(value)) {
      value.length = Number(issue.maximum);
      dropped.add(`${nameOf(issue.path)}[${issue.maximum}…]`);
    } else if (issue.code === 'too_big' && typeof value === 'string' && issue.path[0] !== 'reply')
      setAt(root, issue.path, `${cutText(value, Number(issue.maximum) - 1)}…`);
    else {
      const target = removalOf(root, issue.path);
      const name = nameOf(target);
      if (target.length === 0 || removed.has(name)) continue;
      removed.add(name);
      dropped.add(name);
      removeAt(root, target);
    }
  }
}

/** The innermost list item on the path, else the field; a missing required field removes its owner. */
function removalOf(root: unknown, path: Path): Path {
  const item = path.findLastIndex((step) => typeof step === 'number');
  if (item >= 0) return path.slice(0, item + 1);
  const owner = valueAt(root, path.slice(0, -1));
  const step = path.at(-1);
  return path.length > 1 && !(isObject(owner) && typeof step === 'string' && step in owner)
    ? removalOf(root, path.slice(0, -1))
    : path;
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    root,
  );
}

function setAt(root: unknown, path: Path, value: unknown): void {
  const owner = valueAt(root, path.slice(0, -1));
  const step = path.at(-1);
  if (typeof owner === 'object' && owner !== null && step !== undefined) Reflect.set(owner, step, value);
}

function removeAt(root: unknown, path: Path): void {
  const owner = valueAt(root, path.slice(0, -1));
  const step = path.at(-1);
  if (Array.isArray(owner) && typeof step === 'number') owner.splice(step, 1);
  else if (isObject(owner) && step !== undefined) Reflect.deleteProperty(owner, step);
}

function comparePaths(one: Path, other: Path): number {
  for (let at = 0; at < Math.min(one.length, other.length); at++) {
    const [left, right] = [one[at], other[at]];
    if (left === right) continue;
    return typeof left === 'number' && typeof right === 'number' ? left - right : String(left) < String(right) ? -1 : 1;
  }
  return one.length - other.length;
}

function nameOf(path: Path): string {
  return path.reduce<string>(
    (name, step) =>
      typeof step === 'number' ? `${name}[${step}]` : name === '' ? String(step) : `${name}.${String(step)}`,
    '',
  );
}
