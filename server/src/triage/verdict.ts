/** The verdict of triage, and how it is read from a model's output, starting with the first token. */

import { HANDLINGS, type Handling, SENTIMENTS, type Sentiment } from '@firstword/shared/ticket';

export interface Verdict {
  readonly handling: Handling;
  readonly sentiment?: Sentiment;
  /** ISO 639-1. */
  readonly language?: string;
  readonly topic?: string;
  /** 0…1, as stated by the model. */
  readonly confidence?: number;
}

/** What the model answers for each handling. The labels differ in their first letter, so the first token decides. */
const LABELS: Record<Handling, string> = {
  answer: 'answer',
  complex: 'complex',
  agent: 'person',
  smalltalk: 'smalltalk',
  'off-topic': 'off-topic',
};
export const TRIAGE_LABELS: readonly string[] = Object.values(LABELS);

/** The only handling whose label begins like this; undefined when empty or unknown. */
export function readHandling(beginning: string): Handling | undefined {
  const start = beginning
    .trimStart()
    .toLowerCase()
    .replace(/^["'`*]+/, '');
  if (start === '') return undefined;
  return HANDLINGS.find((handling) => LABELS[handling].startsWith(start) || start.startsWith(LABELS[handling]));
}

/** Reads `label sentiment language topic confidence`. Missing or invalid parts are omitted. */
export function readVerdict(line: string): Verdict | undefined {
  const [label = '', ...words] = line.trim().split(/\s+/);
  const handling = readHandling(label);
  if (handling === undefined) return undefined;
  const sentiment = SENTIMENTS.find((known) => words.includes(known));
  const language = words.find((word) => /^[a-z]{2}$/.test(word));
  const topic = words.find((word) => /^[a-z][a-z_-]{2,}$/.test(word) && word !== sentiment);
  const stated = Number(words.find((word) => /^[01](\.\d+)?$/.test(word)));
  return {
    handling,
    ...(sentiment === undefined ? {} : { sentiment }),
    ...(language === undefined ? {} : { language }),
    ...(topic === undefined ? {} : { topic }),
    ...(Number.isNaN(stated) ? {} : { confidence: Math.min(1, stated) }),
  };
}
