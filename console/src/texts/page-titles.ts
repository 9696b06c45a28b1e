/** The titles of the pages beside the tickets. */
import type { LoadedPage } from '../router.ts';
import { knowledgeTexts } from './knowledge-texts.ts';
import { qualityTexts } from './quality-texts.ts';
import { reportTexts } from './report-texts.ts';

export const pageTitles: Record<LoadedPage, string> = {
  'response-time': reportTexts['response-time'],
  cost: reportTexts.cost,
  quality: qualityTexts.title,
  knowledge: knowledgeTexts.title,
};
