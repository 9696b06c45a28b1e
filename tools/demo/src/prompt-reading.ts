/** Finds out from the prompt alone which task the demo engine is given, as a model would. */
import type { EngineMessage } from './completion-request.ts';

export interface PromptArticle {
  /** The number by which the answer refers to it. */
  readonly n: number;
  readonly title: string;
  readonly text: string;
}

export type PromptTask =
  | { readonly kind: 'triage'; readonly text: string; readonly wantsSearchTerms: boolean }
  | { readonly kind: 'analysis'; readonly messages: readonly EngineMessage[] }
  | {
      readonly kind: 'chat';
      readonly question: string;
      readonly articles: readonly PromptArticle[];
      /** The prompt says that its articles do not answer the question. */
      readonly isUncovered: boolean;
      /** The visitor's previous questions, oldest first. */
      readonly earlierQuestions: readonly string[];
    };

const LABEL_LINE = /^Labels: answer, complex, person, smalltalk, off-topic\b/m;
const CONTEXT_LINE = "The assistant's last message:\n";
const SORTED_LINE = '\n\nMessage to sort:\n';
const SEARCH_LINE = 'Then write a second line: "search:"';
const QUESTION_LINE = "Visitor's message:\n";
const UNCOVERED_NOTE = 'These articles do not cover the message.';
const ARTICLE_OPEN = /<article n="(\d{1,3})" title="([^"\n]*)">\n?/y;
const ARTICLE_CLOSE = '</article>';

export function readPrompt(messages: readonly EngineMessage[], json: boolean): PromptTask {
  const userTexts = messages.filter(({ role }) => role === 'user').map(({ content }) => content);
  const last = userTexts.at(-1) ?? '';
  if (messages.some(({ role, content }) => role === 'system' && LABEL_LINE.test(content))) {
    return {
      kind: 'triage',
      text: messageToSort(last),
      wantsSearchTerms: messages.some(({ content }) => content.includes(SEARCH_LINE)),
    };
  }
  if (json) return { kind: 'analysis', messages };
  const { question, articles, isUncovered } = readQuestion(last);
  return {
    kind: 'chat',
    question,
    articles,
    isUncovered,
    earlierQuestions: userTexts.slice(0, -1).map((text) => readQuestion(text).question),
  };
}

/**
 * Articles come before the visitor's message, and any `<` in them is escaped. Reading stops at the first text that is
 * not an article, so tags in the visitor's message stay part of the question.
 */
function readQuestion(text: string): { question: string; articles: PromptArticle[]; isUncovered: boolean } {
  const articles: PromptArticle[] = [];
  let at = text.indexOf('<article ');
  const questionAt = text.indexOf(QUESTION_LINE);
  if (at < 0 || (questionAt >= 0 && questionAt < at)) {
    const isUncovered = questionAt >= 0 && text.slice(0, questionAt).includes(UNCOVERED_NOTE);
    return {
      question: (questionAt < 0 ? text : text.slice(questionAt + QUESTION_LINE.length)).trim(),
      articles,
      isUncovered,
    };
  }
  while (at < text.length) {
    ARTICLE_OPEN.lastIndex = at;
    const open = ARTICLE_OPEN.exec(text);
    const close = open ? text.indexOf(ARTICLE_CLOSE, ARTICLE_OPEN.lastIndex) : -1;
    if (!open || close < 0) break;
    articles.push({
      n: Number(open[1]),
      title: unescapeEntities(open[2] ?? ''),
      text: unescapeEntities(text.slice(open[0].length + at, close)).trim(),
    });
    at = close + ARTICLE_CLOSE.length;
    while (text[at] === '\n') at += 1;
  }
  const rest = text.slice(at);
  const marked = rest.indexOf(QUESTION_LINE);
  return {
    question: (marked < 0 ? rest : rest.slice(marked + QUESTION_LINE.length)).trim(),
    articles,
    isUncovered: marked >= 0 && rest.slice(0, marked).includes(UNCOVERED_NOTE),
  };
}

/** Undoes the escaping of text that a prompt contains as data. */
export function unescapeEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

/** Without the answer before it. */
function messageToSort(request: string): string {
  const at = request.startsWith(CONTEXT_LINE) ? request.indexOf(SORTED_LINE) : -1;
  return at < 0 ? request : request.slice(at + SORTED_LINE.length);
}
