/** Texts of the Set-up page. Pure. */
import { countOf } from './common-texts.ts';
import { pageTexts } from './page-texts.ts';
import { type Texts, translated } from './translated.ts';

const english = {
  title: pageTexts['set-up'],
  hint: 'From here to the first answer on your own website. You can change everything later.',
  later: 'Do this later',
  site: '1. Create your site',
  siteDone: (name: string) => `“${name}” is ready.`,
  articles: '2. Add your articles',
  articlesHint: 'The assistant answers from them. Import your help centre, or choose files.',
  articlesDone: (passages: number) => `${countOf(passages, 'passage is', 'passages are')} ready for answers.`,
  trial: '4. Try it',
  trialHint: 'Ask as a visitor would. With a model, this costs as much as an answer to a visitor.',
  openPreview: 'Open the chat as visitors see it',
  demoEngine: 'The demo engine only quotes your articles. For answers by a model, connect one above.',
  pages: '5. Add it to your pages',
} as const;
export type SetUpTexts = Texts<typeof english>;
export const setUpTexts = translated<SetUpTexts>('setUp', english);
