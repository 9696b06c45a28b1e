/** Sätze des Servers. */
import type { Catalogs } from './catalogs.ts';
import { importPhrases } from './import-phrases.ts';
import { modelPhrases } from './model-phrases.ts';
import { refusalPhrases } from './refusal-phrases.ts';
import { requestFields, requestPhrases, requestRules } from './request-phrases.ts';
import { ticketPhrases } from './ticket-phrases.ts';

export const phrase = {
  wordings: {
    ...requestFields,
    ...requestRules,
    ...requestPhrases,
    ...ticketPhrases,
    ...refusalPhrases,
    ...importPhrases,
    ...modelPhrases,
  },
} satisfies Catalogs['phrase'];
