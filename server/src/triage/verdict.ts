/** The verdict of triage, and how it is read from a model's output, starting with the first token. */
import { type Handling, SENTIMENTS, type Sentiment } from '@firstword/shared/ticket';
import { parseJson } from '../lib/parse-json.ts';
import { handlingBeginning, handlingOf } from './label-words.ts';

export interface Verdict {
  readonly handling: Handling;
  readonly sentiment?: Sentiment;
  /** ISO 639-1. */
  readonly language?: string;
  readonly topic?: string;
  /** 0…1, as stated by the model; absent when it stated none that can be read. */
  readonly confidence?: number;
  /** In the language of the articles; only where they were asked for. */
  readonly searchTerms?: string;
}

/** Begins the line with search terms. */
export const SEARCH_MARK = 'search:';
const SEARCH_LINE = /^[\s*_`>-]{0,8}search[*_` ]{0,4}:[*_`"' ]{0,4}(.+)$/im;
const SEARCH_MAX_CHARS = 200;

/** Quotes, list marks, numbers, brackets and a name in front of the label: `1. **Label:** "person`. */
const DECORATION =
  /^(?:[\s"'`*_#>•·–({[-]+|\d+[.):]\s+|(?:json|(?:the\s+)?(?:label|category|classification)(?:\s+is|\s*[*"'`]*\s*[:=])))/i;
const WORD = /[\p{L}\p{M}]+(?:[-_][\p{L}\p{M}]+)*/gu;

function withoutDecoration(text: string): string {
  let rest = text;
  for (let before = ''; before !== rest; rest = rest.replace(DECORATION, '')) before = rest;
  return rest;
}

/**
 * The handling of a reply that is still arriving: the word at its start may be incomplete, because labels differ in their first
 * letter. Undefined while no word of it can be a label.
 */
export function readHandling(beginning: string): Handling | undefined {
  const rest = withoutDecoration(beginning);
  const [word = ''] = /^[\p{L}\p{M}_-]+/u.exec(rest) ?? [];
  if (word === '') return undefined;
  return rest.length > word.length ? handlingOf(trimmed(word)) : handlingBeginning(word);
}

/** Reads `label sentiment language topic confidence`, also as JSON or a sentence. Missing or invalid parts are omitted. */
export function readVerdict(whole: string): Verdict | undefined {
  const line = SEARCH_LINE.exec(whole);
  const searchTerms = line?.[1]?.slice(0, SEARCH_MAX_CHARS).replace(/[\s*_`"']+$/, '');
  const reply = line === null ? whole : whole.slice(0, line.index);
  const text = textOfJson(reply) ?? withoutDecoration(reply);
  const words = text.match(WORD) ?? [];
  const [first = '', ...others] = words;
  const begins = handlingOf(first) ?? handlingOf(`${first}-${others[0] ?? ''}`);
  const handling = begins ?? onlyHandling(words);
  if (handling === undefined) return undefined;
  const sentiment = SENTIMENTS.find((known) => words.some((word) => word.toLowerCase() === known));
  const confidence = readConfidence(text);
  // The other words have a meaning by their form only in a line that begins with the label.
  const language = begins && others.find((word) => /^[a-z]{2}$/.test(word));
  const topic = begins && others.find((word) => /^[a-z][a-z_-]{2,}$/.test(word) && word !== sentiment);
  return {
    handling,
    ...(sentiment === undefined ? {} : { sentiment }),
    ...(language === undefined ? {} : { language }),
    ...(topic === undefined ? {} : { topic }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(searchTerms ? { searchTerms } : {}),
  };
}

/** The label named in a sentence; undefined when it names none or several. */
function onlyHandling(words: readonly string[]): Handling | undefined {
  const named = new Set(words.flatMap((word) => handlingOf(word) ?? []));
  return named.size === 1 ? [...named][0] : undefined;
}

const PARTS = ['label', 'handling', 'category', 'sentiment', 'language', 'topic', 'confidence'];

/** The parts of a JSON object as a line, in the order that was asked for; undefined for other text. */
function textOfJson(reply: string): string | undefined {
  const json = parseJson(reply.slice(reply.indexOf('{'), reply.lastIndexOf('}') + 1));
  if (typeof json !== 'object' || json === null) return undefined;
  const parts = new Map(Object.entries(json).map(([name, value]) => [name.toLowerCase(), value]));
  return PARTS.flatMap((name) => {
    const value: unknown = parts.get(name);
    return typeof value === 'string' || typeof value === 'number' ? [`${value}`] : [];
  }).join(' ');
}

/** The last number from 0 to 1, or percentage: `0.9`, `0,9`, `.9`, `90 %`. */
function readConfidence(text: string): number | undefined {
  const numbers = [...text.matchAll(/(?<!\d|\.|\d,)(?:(\d{1,3}(?:[.,]\d+)?)\s?%|([01][.,]\d+|\.\d+|[01]))(?![\d%])/g)];
  const [, percent, share] = numbers.at(-1) ?? [];
  const value = percent === undefined ? Number(share?.replace(',', '.')) : Number(percent.replace(',', '.')) / 100;
  return Number.isNaN(value) || value > 1 ? undefined : value;
}

const trimmed = (word: string) => word.replaceAll(/^[-_]+|[-_]+$/g, '');
