/**
 * Caches answers to first questions, such as the suggested ones, and shares one model call between simultaneous equal
 * questions. In memory, so that a lookup needs no round trip; lost with the process.
 */
import type { ChatEvent } from '../gateway/chat-call.ts';
import type { Route } from '../routing/route.ts';
import { createSingleFlight, type FlightStart, type SingleFlight } from './single-flight.ts';

export interface CacheQuestion {
  readonly siteId: string;
  readonly locale: string | undefined;
  readonly knowledgeVersion: string;
  readonly promptVersion: number;
  /** Empty without guidance. */
  readonly guidanceVersion: string;
  /** The models and endpoints that would answer. */
  readonly route: Pick<Route, 'models'>;
  readonly text: string;
}

export interface AnswerCache {
  /** Undefined when the question may contain personal data or is too long to recur. */
  keyOf(question: CacheQuestion): string | undefined;
  find(key: string): string | undefined;
  keep(key: string, answer: string): void;
  /** Joins the running call for this key, or starts one with `start`. */
  share(key: string, start: FlightStart, signal: AbortSignal): AsyncIterable<ChatEvent>;
}

export interface AnswerCacheSettings {
  /** 0 disables caching and sharing. */
  readonly ttlMs: number;
  /** How many answers to keep; the least recently used is evicted first. */
  readonly entries: number;
  readonly now?: () => number;
}

const QUESTION_MAX_CHARS = 160;
/** An e-mail address, or four digits in a row as in order, phone and account numbers. */
const PERSONAL = /@|\d[\s./-]?\d[\s./-]?\d[\s./-]?\d/;

export function createAnswerCache({ ttlMs, entries, now = () => performance.now() }: AnswerCacheSettings): AnswerCache {
  /** Least recently used first. */
  const answers = new Map<string, { text: string; until: number }>();
  const flights = new Map<string, SingleFlight>();

  return {
    keyOf({ siteId, locale, knowledgeVersion, promptVersion, guidanceVersion, route, text }) {
      if (ttlMs === 0 || text.length > QUESTION_MAX_CHARS) return undefined;
      const question = normalised(text);
      if (PERSONAL.test(question)) return undefined;
      const chain = route.models.map(({ id, endpoint }) => [id, endpoint.id]);
      return JSON.stringify([siteId, locale, knowledgeVersion, promptVersion, guidanceVersion, chain, question]);
    },

    find(key) {
      const found = answers.get(key);
      if (found === undefined) return undefined;
      answers.delete(key);
      if (now() >= found.until) return undefined;
      answers.set(key, found);
      return found.text;
    },

    keep(key, text) {
      answers.delete(key);
      answers.set(key, { text, until: now() + ttlMs });
      const [oldest] = answers.keys();
      if (answers.size > entries && oldest !== undefined) answers.delete(oldest);
    },

    share(key, start, signal) {
      const flight = flights.get(key) ?? createSingleFlight(start, () => flights.delete(key));
      flights.set(key, flight);
      return flight.join(signal);
    },
  };
}

/** Ignores case, spacing, full-width forms and closing punctuation. */
function normalised(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[\s.!?\u2026\u3002\u061f]+$/u, '')
    .trim();
}
