/** Texts of rewriting and translating. */
import type { WritingTask } from '@firstword/shared/writing-help';
import { type Texts, translated } from './translated.ts';

const actions: Record<Exclude<WritingTask['task'], 'translate'>, string> = {
  shorter: 'Shorter',
  friendlier: 'Friendlier',
  'more-formal': 'More formal',
  'fix-grammar': 'Fix grammar',
};
const done: Record<WritingTask['task'], string> = {
  shorter: 'Shortened.',
  friendlier: 'Made friendlier.',
  'more-formal': 'Made more formal.',
  'fix-grammar': 'Grammar fixed.',
  translate: 'Translated. Read it before you send it.',
};

const english = {
  actions,
  done,
  rewrite: 'Rewrite',
  translateTo: (language: string) => `Translate to ${language}`,
  writing: 'Rewriting…',
  stop: 'Stop',
  stopped: 'Stopped. The text may be incomplete.',
  brokenOff: 'No model finished the text. Your draft is unchanged.',
  failed: (message: string) => `The text couldn’t be written: ${message}`,
  undo: 'Undo',
  translate: 'Translate',
  translating: 'Translating…',
  translatedFrom: (language: string) => `Translated from ${language}`,
  showOriginal: 'Show original',
  showTranslation: 'Show translation',
} as const;
export type AssistTexts = Texts<typeof english>;
export const assistTexts = translated<AssistTexts>('assist', english);
