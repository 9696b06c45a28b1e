/** The titles of the pages beside the tickets. */
import type { LoadedPage } from '../router.ts';
import { knowledgeTexts } from './knowledge-texts.ts';
import { reportTexts } from './report-texts.ts';
import { teamTexts } from './team-texts.ts';

export const pageTitles: Record<LoadedPage, string> = {
  'response-time': reportTexts['response-time'],
  cost: reportTexts.cost,
  knowledge: knowledgeTexts.title,
  team: teamTexts.team,
  'api-tokens': teamTexts.tokens,
  account: teamTexts.account,
};
