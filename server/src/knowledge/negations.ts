/** Whether a clause denies something, in the widget's languages. "Closed" denies "open". */
import { foldLetters } from '../lib/fold-letters.ts';

const WORDS = new Set(
  foldLetters(
    'not no never cannot cant dont doesnt didnt isnt arent wasnt wont wouldnt shouldnt couldnt mustnt neednt without none neither nor ' +
      'nothing closed impossible unable unavailable prohibited forbidden banned excluded ineligible ' +
      'nicht kein keine keinen keinem keiner keines nie niemals ohne weder nichts geschlossen unmöglich ausgeschlossen verboten untersagt ' +
      'pas jamais aucun aucune sans ni rien non ferme fermee fermes impossible exclu exclue exclus exclues interdit interdite indisponible ' +
      'nunca ningun ninguna ninguno sin tampoco nada cerrado cerrada cerrados imposible excluido excluida excluidos prohibido prohibida ' +
      'mai nessun nessuna nessuno senza ne niente chiuso chiusa chiusi impossibile escluso esclusa esclusi vietato vietata ' +
      'nao nem nenhum nenhuma sem fechado fechada impossivel excluido proibido proibida ' +
      'niet geen nooit zonder niets gesloten onmogelijk uitgesloten verboden ' +
      'nie bez nigdy zaden zadna zadne zamkniete nieczynne niemozliwe wykluczone ' +
      'degil yok hic asla imkansiz yasak kapali ' +
      'لا ليس ليست لم لن بدون غير ولا ولم ولن وليس مغلق مغلقه ممنوع ' +
      'לא אין אינו אינה בלי ללא אסור סגור',
  ).split(' '),
);
const STOPS = /\b(?:stops?|stopped) working\b/u;
const WITHIN =
  /ません|ない|なし|不可|不能|不会|不會|不得|不用|没有|沒有|无法|無法|无需|不是|禁止|対象外|不[\u4e00-\u9fff]|未[\u4e00-\u9fff]/u;

export function denies(clause: string): boolean {
  const folded = foldLetters(clause).replace(/['’]/g, '');
  const words = folded.match(/\p{L}+/gu) ?? [];
  return words.some((word) => WORDS.has(word)) || STOPS.test(folded) || WITHIN.test(clause);
}
