/** Recognizes the sentences of an answer that speak about the conversation instead of the business. */

import { foldLetters } from '../lib/fold-letters.ts';
import { amountsIn } from './amounts.ts';
import { denies } from './negations.ts';
import { type Promised, promisesIn } from './strong-claims.ts';

/** Folded, in the widget's languages: what only an assistant speaks of. */
const ARTICLES =
  /\b(?:articles?|artikeln?|articulos?|articol[io]|artigos?|artikelen|artyku\w*|makale\w*|help (?:pages?|cent\w+)|information\w*|informacion\w*|informazion\w*|informacoes|informatie|informacj\w*|bilgi\w*|hilfeseiten)\b|مقال|معلومات|מאמר|מידע|記事|ヘルプ|情報|文章|信息|资料|资讯/u;
const TEAM_HELPS =
  /\b(?:team|equipe|equipo|zesp\w*|ekib\w*)\b.*\b(?:help|look into|reply|contact|speak|talk|hilf\w*|helf\w*|weiterhelfen|kummer\w*|melde\w*|sprechen|aider\w*|contact\w*|parler|ayud\w*|hablar|aiut\w*|parlare|contatt\w*|ajud\w*|falar|helpen|spreken|pomoc|pomoz\w*|rozmawia\w*|yardim\w*|gorus\w*)\b|فريقنا|הצוות|担当|团队|團隊/u;
const CONVERSATION =
  /\b(?:(?:this|the) conversation|diese\w* (?:chat|unterhaltung|gesprach)|cette conversation|esta conversacion|questa conversazione|esta conversa|dit gesprek|te\w? rozmow\w*|bu (?:sohbet|gorusme)\w*)\b|هذه المحادثه|השיחה|この会話|这次对话|此对话/u;
const ENDS_OPEN = /[?？؟]["'”»)\]]*\s*$|:\s*$/u;
const COURTESY =
  /^(?:sorry|hello|hi|hey|thanks?|thank you|you're welcome|happy to help|glad to help|let (?:me|us) know|i hope|feel free|please let me know)\b/iu;
/** Whose subject is the assistant. */
const FIRST_PERSON =
  /\b(?:i|i'm|i’m|ich|je|j'|yo|io|eu|ik)\b|私|わたし|我(?!们)|لم اجد|לא מצאתי|nie znalaz|bulamad|no (?:he )?encontr|non ho trovato|nao encontrei/iu;

/** A promise makes a claim of an offer ("Our team sends you a free lamp"). */
const CLAIMING = new Set<Promised>(['guarantee', 'free', 'unlimited', 'compensation']);

/** Asks, introduces a list, or speaks about the conversation ("I couldn't find this in our articles"), not about the business. */
export function isTalk(sentence: string): boolean {
  const folded = foldLetters(sentence.trim());
  if (ENDS_OPEN.test(folded)) return true;
  const isAboutUs =
    COURTESY.test(folded) ||
    TEAM_HELPS.test(folded) ||
    CONVERSATION.test(folded) ||
    (ARTICLES.test(folded) && (denies(sentence) || FIRST_PERSON.test(folded)));
  return isAboutUs && amountsIn(sentence).length === 0 && !promisesIn(folded).some((promise) => CLAIMING.has(promise));
}
