/**
 * Answers to first questions, such as the suggested ones, that can be given again word for word; and one call for all who
 * ask the same at the same moment. In memory: a look costs no wait, and an answer goes with the process.
 */
import type { ChatEvent } from '../gateway/chat-call.ts';
import type { Route } from '../routing/route.ts';
import { createSingleFlight, type FlightStart, type SingleFlight } from './single-flight.ts';

export interface CacheQuestion {
  readonly siteId: string;
  readonly locale: string | undefined;
  readonly knowledgeVersion: string;
  readonly promptVersion: number;
  /** Whose models would answer, and where. */
  readonly route: Pick<Route, 'models'>;
  readonly text: string;
}

export interface AnswerCache {
  /** Undefined when the question may hold something personal, or is too long to be asked twice. */
  keyOf(question: CacheQuestion): string | undefined;
  find(key: string): string | undefined;
  keep(key: string, answer: string): void;
  /** The answer that is under way for this key, or the one that `start` asks for. */
  share(key: string, start: FlightStart, signal: AbortSignal): AsyncIterable<ChatEvent>;
}

export interface AnswerCacheSettings {
  /** 0 keeps nothing and shares nothing. */
  readonly ttlMs: number;
  /** Answers kept; those that nobody asked for longest go first. */
  readonly entries: number;
  readonly now?: () => number;
}

const QUESTION_MAX_CHARS = 160;
/** An address, or as many digits as an order, a telephone or an account has. */
const PERSONAL = /@|\d[\s./-]?\d[\s./-]?\d[\s./-]?\d/;

export function createAnswerCache({ ttlMs, entries, now = () => performance.now() }: AnswerCacheSettings): AnswerCache {
  /** In the order of their last use. */
  const answers = new Map<string, { text: string; until: number }>();
  const flights = new Map<string, SingleFlight>();

  return {
    keyOf({ siteId, locale, knowledgeVersion, promptVersion, route, text }) {
      if (ttlMs === 0 || text.length > QUESTION_MAX_CHARS) return undefined;
      const question = normalised(text);
      if (PERSONAL.test(question)) return undefined;
      const chain = route.models.map(({ id, endpoint }) => [id, endpoint.id]);
      return JSON.stringify([siteId, locale, knowledgeVersion, promptVersion, chain, question]);
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

/** The same question in other letters: case, spaces, full-width signs, and the marks at its end. */
function normalised(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[\s.!?\u2026\u3002\u061f]+$/u, '')
    .trim();
}
