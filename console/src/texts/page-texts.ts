/** Titles of the pages: apart from their other texts, which are loaded with them. */
import { type Texts, translated } from './translated.ts';

const english = {
  'response-time': 'Response time',
  cost: 'Cost',
  quality: 'Quality',
  knowledge: 'Knowledge',
  account: 'Your account',
  team: 'Team',
  'canned-replies': 'Canned replies',
  'api-tokens': 'API tokens',
  webhooks: 'Webhooks',
  'set-up': 'Set-up',
  sites: 'Sites',
  models: 'Models',
  audit: 'Audit log',
} as const;
export type PageTexts = Texts<typeof english>;
export const pageTexts = translated<PageTexts>('page', english);
