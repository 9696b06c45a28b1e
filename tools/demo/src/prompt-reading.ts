/** Reads from the prompt alone what is asked of the demo engine, as any model would have to. */
import type { EngineMessage } from './completion-request.ts';

export interface PromptArticle {
  /** The number by which the answer refers to it. */
  readonly n: number;
  readonly title: string;
  readonly text: string;
}

export type Asked =
  | { readonly kind: 'triage'; readonly text: string }
  | { readonly kind: 'analysis'; readonly messages: readonly EngineMessage[] }
  | {
      readonly kind: 'chat';
      readonly question: string;
      readonly articles: readonly PromptArticle[];
      /** What the visitor asked before, latest last. */
      readonly earlierQuestions: readonly string[];
    };

const LABEL_LINE = /^Labels: answer, complex, person, smalltalk, off-topic\b/m;
const QUESTION_LINE = "Visitor's message:\n";
const ARTICLE_OPEN = /<article n="(\d{1,3})" title="([^"\n]*)">\n?/y;
const ARTICLE_CLOSE = '</article>';

export function readPrompt(messages: readonly EngineMessage[], json: boolean): Asked {
  const said = messages.filter(({ role }) => role === 'user').map(({ content }) => content);
  const last = said.at(-1) ?? '';
  if (messages.some(({ role, content }) => role === 'system' && LABEL_LINE.test(content))) {
    return { kind: 'triage', text: last };
  }
  if (json) return { kind: 'analysis', messages };
  const { question, articles } = readQuestion(last);
  return {
    kind: 'chat',
    question,
    articles,
    earlierQuestions: said.slice(0, -1).map((text) => readQuestion(text).question),
  };
}

/**
 * Articles stand before the visitor's words, and their own `<` is escaped. So reading stops at the first text that is
 * not an article, and tags that a visitor types stay part of the question.
 */
function readQuestion(text: string): { question: string; articles: PromptArticle[] } {
  const articles: PromptArticle[] = [];
  let at = text.indexOf('<article ');
  const asked = text.indexOf(QUESTION_LINE);
  if (at < 0 || (asked >= 0 && asked < at)) {
    return { question: (asked < 0 ? text : text.slice(asked + QUESTION_LINE.length)).trim(), articles };
  }
  while (at < text.length) {
    ARTICLE_OPEN.lastIndex = at;
    const open = ARTICLE_OPEN.exec(text);
    const close = open ? text.indexOf(ARTICLE_CLOSE, ARTICLE_OPEN.lastIndex) : -1;
    if (!open || close < 0) break;
    articles.push({
      n: Number(open[1]),
      title: unescapeSigns(open[2] ?? ''),
      text: unescapeSigns(text.slice(open[0].length + at, close)).trim(),
    });
    at = close + ARTICLE_CLOSE.length;
    while (text[at] === '\n') at += 1;
  }
  const rest = text.slice(at);
  const marked = rest.indexOf(QUESTION_LINE);
  return { question: (marked < 0 ? rest : rest.slice(marked + QUESTION_LINE.length)).trim(), articles };
}

/** Removes the framing around texts that a prompt contains as data. */
export function unescapeSigns(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
