/** How visitors say that they no longer need an agent, and the polite words around it, in each shipped language. */
import type { Phrases } from './phrases.ts';

export type WithdrawalPart = 'withdrawal' | 'courtesy';

const language = (withdrawal: string[], courtesy: string): Phrases<WithdrawalPart> => ({
  sets: { courtesy },
  phrases: { withdrawal, courtesy: ['{courtesy}'] },
});

export const WITHDRAWALS: readonly Phrases<WithdrawalPart>[] = [
  language(
    [
      'never mind|nevermind it|that?',
      'nevermind|nvm',
      'forget it|that|about_it',
      'i? figured it|this|that out',
      'i|ive? solved|sorted|fixed it|this|that myself?',
      'its|problem solved|resolved|sorted|fixed now?',
      'no longer needed|necessary',
      'i no longer need|want a|an? human|person|agent|help',
      'i? dont need|want a|an|any? human|person|agent|help anymore|any_more|now?',
    ],
    'thanks, thank you, very much, a lot, thx, ok, okay, oh, actually, sorry, please, cheers, bye, then, anyway, all good, its fine, no problem, no worries, hi, hello',
  ),
  language(
    [
      'egal',
      'schon gut',
      'hat sich schon|inzwischen? erledigt|geklart',
      'erledigt',
      'vergiss|vergessen sie? es|das',
      'nicht mehr notig',
      'brauche|brauch keinen|niemanden|keine|nichts menschen|mitarbeiter|hilfe? mehr',
      'lass|lassen sie? es|das? gut? sein',
      'habe? es|ihn|sie? selbst? gefunden|gelost',
    ],
    'danke, dankeschon, danke schon, vielen dank, ok, okay, doch, schon, ach, trotzdem, nein, alles gut, sorry, bitte, ich, es, das, problem, jetzt',
  ),
  language(
    [
      'laissez|laisse tomber',
      'c est bon|regle|resolu',
      'oubliez|oublie ca?',
      'peu importe',
      'plus besoin d? un|une? agent|humain|conseiller|personne?',
      'n est plus necessaire|la_peine',
      'pas la peine',
      'tant pis',
      'j ai trouve|resolu',
    ],
    'merci, merci beaucoup, ok, non, finalement, desole, desolee, d accord, en fait, quand meme, je, n, ai, ce, c est',
  ),
  language(
    [
      'no importa',
      'da igual',
      'olvidalo|olvidelo|olvidadlo|dejalo|dejelo',
      'ya no lo|hace? necesito|falta',
      'ya esta resuelto|solucionado',
      'ya lo resolvi|solucione|encontre',
      'no hace falta',
      'no es necesario',
    ],
    'gracias, muchas gracias, ok, vale, ya, perdon, de todos modos, de todas formas, bueno, mejor',
  ),
  language(
    [
      'nao importa',
      'tanto faz',
      'deixa|deixe para_la|pra_la|estar',
      'esquece|esqueca isso?',
      'ja nao preciso|e_preciso|e_necessario',
      'nao preciso|e mais preciso|necessario?',
      'ja resolvi|consegui|encontrei',
      'ja? esta? resolvido',
    ],
    'obrigado, obrigada, muito obrigado, muito obrigada, ok, ta, bom, desculpa, desculpe, de qualquer forma, mesmo assim',
  ),
  language(
    [
      'non importa',
      'lascia|lasci|lasciate stare|perdere',
      'non? fa niente|nulla',
      'non serve piu',
      'non ho piu bisogno',
      'ho? gia? risolto|trovato',
      'come non_detto',
    ],
    'grazie, grazie mille, ok, va bene, scusa, scusi, scusate, comunque, no, tutto',
  ),
  language(
    [
      'laat maar zitten?',
      'maakt niet uit',
      'niet meer nodig',
      'hoeft niet meer',
      'vergeet het maar?',
      'is? al? opgelost|gevonden',
    ],
    'bedankt, dank je, dank u, dankjewel, dank je wel, ok, oke, toch, sorry, het, hoor, nee',
  ),
  language(
    [
      'niewazne|nie_wazne',
      'juz nie trzeba|potrzebuje|potrzeba',
      'nie trzeba juz?',
      'zapomnij|zapomnijcie o_tym?',
      'mniejsza z|o tym|to',
      'juz? rozwiazane|zalatwione|rozwiazalem|rozwiazalam',
    ],
    'dziekuje, dzieki, ok, okej, jednak, przepraszam, to, juz, dobra, nie',
  ),
  language(
    [
      'bosver|bosverin|bos_ver|bos_verin',
      'onemli degil',
      'onemi yok',
      'gerek yok|kalmadi',
      'vazgectim',
      'hallettim|cozdum|cozuldu|halloldu',
      'neyse',
    ],
    'tesekkurler, tesekkur ederim, sagol, sagolun, sag ol, tamam, ok, artik, yine de',
  ),
  language(
    [
      'もういい',
      'もう大丈夫',
      '大丈夫',
      '結構です',
      '必要なくなりました',
      '解決しました',
      'やっぱりいい',
      '気にしないで',
    ],
    'ありがとう, ございます, ございました, すみません, やっぱり, です, もう, はい, いえ, 自己, ください',
  ),
  language(
    [
      '算了',
      '不用了',
      '不需要了',
      '不必了',
      '没事了',
      '沒事了',
      '没事',
      '沒事',
      '解决了',
      '解決了',
      '不用人工了',
      '不用转人工了',
    ],
    '谢谢, 謝謝, 多谢, 多謝, 好的, 好, 吧, 啦, 哦, 已经, 已經, 问题, 問題, 你, 您',
  ),
  language(
    ['لا يهم', 'لا داعي', 'لا حاجه', 'انس|انسي|انسوا الامر|ذلك', 'لم اعد بحاجه|احتاج', 'تم الحل', 'خلاص'],
    'شكرا, شكرا لك, شكرا لكم, شكرا جزيلا, حسنا, تمام, طيب, الان, لذلك, عفوا, لقد',
  ),
  language(
    [
      'לא משנה',
      'עזבו|עזוב|עזבי',
      'אין צורך',
      'כבר לא צריך|צריכה|נחוץ',
      'לא צריך|צריכה יותר',
      'הסתדרתי',
      'נפתר|נפתרה',
      'שכחו|שכח|שכחי|תשכחו מזה',
    ],
    'תודה, תודה רבה, טוב, אוקיי, בסדר, סליחה, כבר, זה, הבעיה, בכל זאת',
  ),
];
