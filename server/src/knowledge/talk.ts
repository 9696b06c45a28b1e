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
  /^(?:sorry|hello|hi|hey|thanks?|thank you|you['’]re welcome|happy to help|glad to help|let (?:me|us) know|i hope|feel free|please let me know)\b/iu;
/** Greetings, thanks, regrets and the offer of more, folded, in the widget's other languages. */
const COURTESIES =
  /^(?:(?:goodbye|bye|if you (?:have|need)|hallo|guten (?:tag|morgen|abend)|danke|vielen dank|gern|gerne|melden sie sich|schreiben sie|entschuldig\w*|tut mir leid|ich hoffe|auf wiedersehen|bonjour|bonsoir|merci|avec plaisir|n['’]hesitez|desole\w*|j['’]espere|au revoir|ecrivez|hola|buen\w+|gracias|de nada|lo siento|escrib\w+|no dud\w+|espero|hasta (?:pronto|luego)|ola|obrigad\w|lamento|desculp\w+|escreva|nao hesite|ate (?:breve|logo)|ciao|buongiorno|grazie|prego|mi dispiace|scriva|non esit\w+|spero|arrivederci|graag gedaan|bedankt|laat het|schrijf|ik hoop|tot ziens|dzien dobry|czesc|dziekuj\w+|nie ma za co|przepraszam\w*|napisz\w*|mam nadzieje|do widzenia|merhaba|baska bir sor\w+|tesekkur\w*|rica ederi\w+|uzgun\w+|umari\w+|hosca)(?![\p{L}\p{M}])|こんにちは|ありかとう|とういたしまして|申し訳|お問い合わせ|ほかにも|他にも|您好|你好|谢谢|感谢|不客气|抱歉|再见|如有其他|如果您还有|مرحبا|شكرا|علي الرحب|عذرا|اسف|الي اللقاء|راسلنا|שלום|תודה|בשמחה|סליחה|מצטער|להתראות|אפשר לכתוב)/u;
/** A longer one says more than a courtesy. */
const COURTESY_CHARS = 60;
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
    (folded.length <= COURTESY_CHARS && COURTESIES.test(folded)) ||
    TEAM_HELPS.test(folded) ||
    CONVERSATION.test(folded) ||
    (ARTICLES.test(folded) && (denies(sentence) || FIRST_PERSON.test(folded)));
  return isAboutUs && amountsIn(sentence).length === 0 && !promisesIn(folded).some((promise) => CLAIMING.has(promise));
}
