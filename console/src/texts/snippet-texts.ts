/** Texts beside the code that adds a site's widget to pages. */
import { type Texts, translated } from './translated.ts';

const english = {
  script: 'Script',
  scriptHint: 'Before the end of the body of every page.',
  integrity: 'Script with integrity',
  integrityHint: 'Browsers run this version and no other. Copy it again after each upgrade of the server.',
  reactHint: 'Once, in the component around all pages.',
  wordpressHint: 'At the end of your theme’s functions.php.',
} as const;
export type SnippetTexts = Texts<typeof english>;
export const snippetTexts = translated<SnippetTexts>('snippet', english);
