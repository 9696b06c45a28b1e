/** Writes the demo engine's answer: quotes from the articles in the prompt, each with its citation. */
import { foldWords } from './fold-words.ts';
import { FRAMING_WORDS } from './framing-words.ts';
import type { LanguageGuess } from './language-guess.ts';
import type { AskedQuestion, Quote, QuoteChoice } from './quote-choice.ts';
import { smalltalkKind } from './smalltalk.ts';

export type QuotedAnswer = (asked: AskedQuestion & { readonly isUncovered: boolean }) => string;

export function createQuotedAnswer(chooseQuotes: QuoteChoice, guessLanguage: LanguageGuess): QuotedAnswer {
  return (asked) => {
    const words = FRAMING_WORDS[guessLanguage(asked.question)];
    const talk = smalltalkKind(foldWords(asked.question));
    if (talk) return words[talk];
    const quotes = asked.isUncovered ? [] : chooseQuotes(asked);
    if (quotes.length === 0) return words.notCovered;
    return [words.says, ...quotes.map(blockquote), `${words.more} ${sources(quotes)}`].join('\n\n');
  };
}

function blockquote({ unit, article }: Quote): string {
  const lead = unit.kind === 'list' && unit.section !== '' ? [`**${unit.section}**`, ''] : [];
  return [...lead, ...`${unit.text} [${article.n}]`.split('\n')]
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
}

function sources(quotes: readonly Quote[]): string {
  const titles = new Map(quotes.map(({ article }) => [article.title, article.n]));
  return `${[...titles].map(([title, n]) => `${title} [${n}]`).join(', ')}.`;
}
