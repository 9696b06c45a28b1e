/** What triage says of a visitor's message, and how that is read from a model's first token. */

import { HANDLINGS, type Handling, SENTIMENTS, type Sentiment } from '@firstword/shared/ticket';

export interface Verdict {
  readonly handling: Handling;
  readonly sentiment?: Sentiment;
  /** ISO 639-1. */
  readonly language?: string;
  readonly topic?: string;
  /** 0…1, as the model states it. */
  readonly confidence?: number;
}

/** The handling that a beginning can only lead to; undefined while it is empty or fits none. Every first letter differs. */
export function readHandling(beginning: string): Handling | undefined {
  const start = beginning
    .trimStart()
    .toLowerCase()
    .replace(/^["'`*]+/, '');
  if (start === '') return undefined;
  return HANDLINGS.find((handling) => handling.startsWith(start) || start.startsWith(handling));
}

/** Reads `label sentiment language topic confidence`; what is missing or odd is left out. */
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
