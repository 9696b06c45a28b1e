/** Checks a finished answer against its sources: corrects its marks and lists the sentences that no source supports. */
import { setImmediate } from 'node:timers/promises';
import { cutText } from '@firstword/shared/cut-text';
import type { Citation } from '@firstword/shared/wire';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { plainText } from '../knowledge/plain-text.ts';
import { createSupportChecker, type SupportCheck, type SupportChecker } from '../knowledge/support.ts';
import { marksIn, normalizeMarks, withoutMarks } from './citation-marks.ts';
import { excerpt } from './excerpt.ts';
import type { Source } from './prompt.ts';

export interface CheckedAnswer {
  /** With marks as `[n]`, each naming a source. */
  readonly text: string;
  /** In the order of their first mark. The excerpt is the sentence that supports the answer. */
  readonly citations: readonly Citation[];
  /** Plain text of the sentences that no source supports. */
  readonly unsupported: readonly string[];
}

const EXCERPT_MAX_CHARS = 180;
/** An answer has at most 120 words; a longer one is checked up to here. */
const SENTENCES_MAX = 40;

export type AnswerCheck = (
  answer: string,
  sources: readonly Source[],
  knowledge: Pick<Knowledge, 'weighWords'>,
) => Promise<CheckedAnswer>;

/** Keeps what it has read of the articles for as long as their index is in use. */
export function createAnswerCheck(): AnswerCheck {
  const checkers = new WeakMap<Pick<Knowledge, 'weighWords'>, SupportChecker>();
  return async (answer, sources, knowledge) => {
    const checker = checkers.get(knowledge) ?? createSupportChecker(knowledge);
    checkers.set(knowledge, checker);
    const byNumber = new Map(sources.map((source) => [source.n, source]));
    const normalized = normalizeMarks(answer, (n) => byNumber.has(n));
    const found = await checkSentences(normalized, sources, checker(sources));
    const citations = marksIn(found.text).flatMap((n): Citation[] => {
      const source = byNumber.get(n);
      if (source === undefined) return [];
      const evidence = found.supporting.get(n);
      const shown = evidence === undefined ? excerpt(source.text) : cutText(evidence, EXCERPT_MAX_CHARS);
      const { title, url, articleId } = source;
      return [{ n, title, url, excerpt: shown, ...(articleId !== undefined && { article: articleId }) }];
    });
    return { text: found.text, citations, unsupported: found.unsupported };
  };
}

/** Lets other work run after each article and sentence: streams of other visitors share this thread. */
async function checkSentences(answer: string, sources: readonly Source[], { readNext, check }: SupportCheck) {
  let text = answer;
  const supporting = new Map<number, string>();
  const unsupported: string[] = [];
  if (sources.length === 0) return { text, supporting, unsupported };
  while (readNext()) await setImmediate();
  const titles = sources
    .flatMap(({ title }) => (title === '' ? [] : [title]))
    .toSorted((one, other) => other.length - one.length);
  for (const sentence of statements(text).slice(0, SENTENCES_MAX)) {
    const marks = marksIn(sentence);
    const plain = plainText(withoutMarks(sentence));
    if (refersTo(titles, plain)) continue;
    const support = check(plain, marks);
    if (support.kind === 'unsupported') unsupported.push(plain);
    if (support.kind === 'supported') {
      if (!supporting.has(support.source)) supporting.set(support.source, support.text);
      if (marks.length > 0 && !marks.includes(support.source))
        text = text.replace(sentence, () => withMark(sentence, support.source));
    }
    await setImmediate();
  }
  return { text, supporting, unsupported };
}

/** "More in: Returns, Refunds." A longer sentence that ends with a title says something. */
const REFERENCE_WORDS = 4;

/** @param titles the longest first, because one may be part of another */
function refersTo(titles: readonly string[], sentence: string): boolean {
  const said = sentence.replace(/[.。]$/, '');
  if (!titles.some((title) => said.endsWith(title))) return false;
  const rest = titles.reduce((left, title) => left.replaceAll(title, ' '), said);
  return (rest.match(/[\p{L}\d]+/gu)?.length ?? 0) <= REFERENCE_WORDS;
}

/** What it looks back over is limited, because each of a thousand signs would look back over all before it. */
const SENTENCE_END =
  /(?<=[.!?。！？](?:["'”»)*_]{0,4})(?:\s{0,2}\[\d{1,2}\]){0,6})(?:\s+|(?<=[。！？]\S{0,32}))(?!\[\d)/u;

/** Of text without full stops: 4,000 characters at once would stop other streams for 30 ms, 600 take 2. */
const PIECE = /[\s\S]{1,600}(?:\s|$)|[\s\S]{1,600}/g;

/** Sentences with the marks after them. Code states nothing. */
function statements(text: string): string[] {
  const prose = text.replace(/```[\s\S]*?(?:```|$)/g, '\n');
  return prose.split('\n').flatMap((line) => {
    // A mark behind the full stop belongs to the sentence before it.
    const parts = line.split(SENTENCE_END);
    return parts
      .flatMap((part) => part.match(PIECE) ?? [])
      .map((part) => part.trim())
      .filter((part) => /\p{L}/u.test(part));
  });
}

/** The sentence with one mark, of another source, where its first mark was. */
function withMark(sentence: string, n: number): string {
  const [first = 0] = marksIn(sentence);
  const at = sentence.indexOf(`[${first}]`);
  return `${withoutMarks(sentence.slice(0, at))} [${n}]${withoutMarks(sentence.slice(at + `[${first}]`.length))}`.replace(
    / {2,}/g,
    ' ',
  );
}
