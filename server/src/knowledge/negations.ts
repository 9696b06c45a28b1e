/** Whether a clause denies something, in the widget's languages. "Closed" denies "open". */
import { foldLetters } from '../lib/fold-letters.ts';

const WORDS = new Set(
  foldLetters(
    'not no never cannot cant dont doesnt didnt isnt arent wasnt wont wouldnt shouldnt couldnt without none neither nor nothing closed ' +
      'nicht kein keine keinen keinem keiner keines nie niemals ohne weder nichts geschlossen ' +
      'pas jamais aucun aucune sans ni rien non ferme fermee fermes ' +
      'nunca ningun ninguna ninguno sin tampoco nada cerrado cerrada cerrados ' +
      'mai nessun nessuna nessuno senza ne niente chiuso chiusa chiusi ' +
      'nao nem nenhum nenhuma sem fechado fechada ' +
      'niet geen nooit zonder niets gesloten ' +
      'nie bez nigdy zaden zadna zadne zamkniete nieczynne ' +
      'degil yok hic asla ' +
      'لا ليس ليست لم لن بدون غير ' +
      'לא אין אינו אינה בלי ללא',
  ).split(' '),
);
const WITHIN =
  /ません|ない|なし|不可|不能|不会|不會|不得|不用|没有|沒有|无法|無法|无需|不是|不[\u4e00-\u9fff]|未[\u4e00-\u9fff]/u;

export function denies(clause: string): boolean {
  const words =
    foldLetters(clause)
      .replace(/['’]/g, '')
      .match(/\p{L}+/gu) ?? [];
  return words.some((word) => WORDS.has(word)) || WITHIN.test(clause);
}
