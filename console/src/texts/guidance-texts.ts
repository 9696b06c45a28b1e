/** Texts of the guidance on the Knowledge page. Pure. */
import type { AnswerPreview } from '@firstword/shared/guidance';
import { type Texts, translated } from './translated.ts';

const coverages: Record<AnswerPreview['coverage'], string> = {
  covered: 'The sources cover this question.',
  partly: 'The articles may cover this question. The model decides.',
  'not-covered': 'The articles don’t cover this question. The assistant offers an agent.',
};

const english = {
  coverages,
  title: 'Guidance',
  hint: 'How the assistant answers on this site. Answers use a change within two seconds.',
  failed: 'The guidance couldn’t be loaded.',
  tone: 'Tone',
  toneHint: 'For example: warm and brief, formal in German',
  maxWords: 'Words per answer at most',
  always: 'Always',
  alwaysHint: 'One rule per line, for example: Name the delivery time when an order is mentioned.',
  never: 'Never',
  neverHint: 'One rule per line, for example: Recommend other shops.',
  snippets: 'Snippets',
  snippetsHint: 'Short texts that outrank articles, such as an exception that holds this week.',
  snippet: (number: number) => `Snippet ${number}`,
  snippetTitle: 'Title',
  snippetText: 'Text',
  addSnippet: 'Add snippet',
  removeSnippet: 'Remove',
  save: 'Save guidance',
  saved: (version: number) => `Saved as version ${version}.`,
  conflict: 'Another administrator changed the guidance meanwhile. Reload the page, then make your changes again.',
  preview: 'Preview',
  previewHint: 'Asks the model with the guidance above, saved or not. This costs as much as an answer to a visitor.',
  question: 'Question of a visitor',
  ask: 'Preview answer',
  previewFailed: 'No answer. Check the guidance, then try again.',
  handsOff: 'The assistant hands this question to an agent.',
  unsupported: 'Not in the sources:',
  versions: 'Versions',
  rollBack: 'Roll back',
} as const;
export type GuidanceTexts = Texts<typeof english>;
export const guidanceTexts = translated<GuidanceTexts>('guidance', english);
