/** Titles of the pages. */
import type { Catalogs } from './catalogs.ts';

export const page = {
  'response-time': 'Antwortzeit',
  cost: 'Kosten',
  quality: 'Qualität',
  knowledge: 'Wissen',
  account: 'Ihr Konto',
  team: 'Team',
  'canned-replies': 'Textbausteine',
  'api-tokens': 'API-Token',
  webhooks: 'Webhooks',
  'set-up': 'Einrichtung',
  sites: 'Websites',
  models: 'Modelle',
  audit: 'Auditprotokoll',
} satisfies Catalogs['page'];
