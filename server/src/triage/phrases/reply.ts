/** A bare yes or no, the courtesy around it, and how an assistant asks whether an answer helped; in each shipped language. */
import type { Phrases } from './phrases.ts';

export type ReplyPart = 'yes' | 'no' | 'courtesy' | 'asks-whether-helped';

const language = (parts: Record<Exclude<ReplyPart, 'courtesy'>, string[]>, courtesy: string): Phrases<ReplyPart> => ({
  sets: { courtesy },
  phrases: { ...parts, courtesy: ['{courtesy}'] },
});

export const REPLIES: readonly Phrases<ReplyPart>[] = [
  language(
    {
      yes: ['yes', 'yeah', 'yep', 'yup', 'sure', 'go ahead', 'do it|that|so', 'i would', 'please'],
      no: [
        'no|nope|nah',
        'not really|quite|exactly|yet|at_all',
        'didnt|doesnt|couldnt|havent|hasnt|wasnt|isnt|did_not|does_not|could_not help|work|find|found|solve|answer|helpful? it|that|anything|the_answer|my_question?',
        'didnt|doesnt|couldnt|havent|hasnt|wasnt|isnt|did_not|does_not|could_not $',
      ],
      'asks-whether-helped': [
        'did|does|do|could ..4 help|helps|answer|answers|solve|solves|resolve|resolves|fix|work',
        'has|have|is|are|was|were ..3 helped|helpful|answered|solved|resolved|fixed|useful|satisfied|clear_now|what_you',
        'did|could|were|have you ..2 find|found ..2 it|what|answer|answers|solution|information|everything',
        'were you able to ..1 find|solve|resolve|fix ..2 it|what|answer|answers|solution|information|everything',
        'was|were i|we able to help|answer|solve|resolve|fix',
      ],
    },
    'ok, okay, please, thanks, thank you, sorry, unfortunately, still, i, it, this, that, me, great, would be great, good',
  ),
  language(
    {
      yes: ['ja', 'jo', 'gerne|gern', 'klar', 'bitte', 'einverstanden'],
      no: [
        'nein|ne|nee',
        'nicht wirklich|ganz',
        'noch|gar|uberhaupt|ueberhaupt|leider nicht',
        'hat|habe|konnte ..1 nicht|nichts geholfen|gefunden|finden|funktioniert|geklappt',
      ],
      'asks-whether-helped': [
        'hat|habe|haben|konnte|konnten|ist|war ..5 geholfen|weitergeholfen|helfen|beantwortet|beantworten|gelost|geloest|geklart|hilfreich|funktioniert|geklappt',
        'hilft ..2 das|dir|ihnen|weiter',
        'haben|hast sie|du ..4 gefunden',
      ],
    },
    'ok, okay, bitte, danke, vielen dank, leider, das, es, mir, sehr, hat',
  ),
  language(
    {
      yes: ['oui', 'ouais', 'volontiers', 'avec plaisir', 'je veux bien', 'bien sur'],
      no: [
        'non',
        'pas vraiment|du_tout|encore',
        'malheureusement pas|non',
        'n? a|ai pas aide|aidee|marche|fonctionne|trouve',
      ],
      'asks-whether-helped': [
        'cela|ca|ceci|est|a|ai|avez|as|reponse ..5 aide|aidee|repondu|resolu|resolue|utile|utiles|trouve|fonctionne|marche',
      ],
    },
    'ok, d accord, merci, s il vous plait, s il te plait, svp, malheureusement, desole, desolee, ca, cela, m',
  ),
  language(
    {
      yes: ['si', 'claro', 'por supuesto', 'adelante', 'por favor'],
      no: [
        'no',
        'no realmente|mucho',
        'para nada',
        'todavia|aun no',
        'no me|lo? he|ha? ayudo|ayudado|sirvio|servido|sirve|encontre|encontrado|funciono|funciona',
      ],
      'asks-whether-helped': [
        'ha|he|han|has|te|le|les|se|fue|es|esto|eso|respuesta|pude ..4 ayudo|ayudado|resuelto|respondido|util|sirvio|servido|sirve|encontrado|encontraste|funciono|funcionado',
      ],
    },
    'ok, vale, de acuerdo, por favor, gracias, muchas gracias, lamentablemente, desgraciadamente, me',
  ),
  language(
    {
      yes: ['sim', 'claro', 'pode ser', 'quero', 'com certeza', 'por favor'],
      no: [
        'nao',
        'na verdade nao',
        'ainda|infelizmente nao',
        'nem um pouco',
        'nao ajudou|resolveu|funcionou|encontrei|consegui',
      ],
      'asks-whether-helped': [
        'isso|isto|resposta|foi|se|te|lhe|voce|problema ..4 ajudou|ajudei|resolveu|resolvido|respondeu|respondida|util|encontrou|funcionou',
        'consegui ..1 ajudar|responder|resolver',
      ],
    },
    'ok, por favor, obrigado, obrigada, infelizmente, me, isso',
  ),
  language(
    {
      yes: ['si', 'certo', 'volentieri', 'per favore'],
      no: [
        'no',
        'non proprio|molto|ancora',
        'per niente',
        'purtroppo no',
        'non mi|l? ha|ho? aiutato|funziona|funzionato|trovato',
      ],
      'asks-whether-helped': [
        'ti|le|vi|ha|ho|hai|e|questo|risposta|stato|stata ..4 aiutato|aiutata|risolto|risposto|utile|trovato|funzionato',
      ],
    },
    'ok, va bene, d accordo, grazie, per favore, purtroppo, mi',
  ),
  language(
    {
      yes: ['ja', 'jazeker', 'graag', 'doe maar'],
      no: ['nee|neen', 'niet echt', 'nog|helaas|helemaal niet', 'heeft|heb? niet geholpen|gewerkt|gevonden'],
      'asks-whether-helped': [
        'heeft|is|was|hebt|heb ..4 geholpen|beantwoord|opgelost|nuttig|gevonden|gewerkt|behulpzaam',
        'helpt|werkt dit|dat|het|u|je',
      ],
    },
    'ok, oke, prima, alstublieft, aub, bedankt, dank je, dank u, helaas, het, dat, me',
  ),
  language(
    {
      yes: ['tak', 'jasne', 'pewnie', 'poprosze', 'chetnie', 'oczywiscie'],
      no: [
        'nie',
        'niezbyt',
        'nie bardzo|calkiem',
        'niestety|jeszcze nie',
        'nie pomoglo|pomogla|dziala|znalazlem|znalazlam',
      ],
      'asks-whether-helped': [
        'czy ..4 pomoglo|pomogla|pomoglem|pomoglam|pomocna|pomocne|rozwiazalo|rozwiazany|odpowiedzialo|odpowiada|znalazl|znalazla|dziala|zadzialalo',
      ],
    },
    'ok, dobrze, prosze, dziekuje, dzieki, niestety, to',
  ),
  language(
    {
      yes: ['evet', 'tabii|tabi ki?', 'olur', 'lutfen', 'isterim'],
      no: ['hayir', 'yok', 'pek degil', 'maalesef', 'henuz degil', 'yardimci olmadi', 'ise yaramadi', 'bulamadim'],
      'asks-whether-helped': [
        'yardimci oldu|olabildi|olabildim',
        'ise|isinize yaradi',
        'cozuldu|cozdu|cevapladi|yanitladi|bulabildiniz|buldunuz ..1 mu|mi',
      ],
    },
    'tamam, lutfen, tesekkurler, tesekkur ederim, sagolun, ne yazik ki',
  ),
  language(
    {
      yes: ['はい', 'ええ', 'うん', 'お願いします', 'ぜひ'],
      no: [
        'いいえ',
        'いえ',
        'いや',
        'ううん',
        '役に立ちません',
        '役に立たない',
        '解決しません',
        '見つかりません',
        'だめ',
      ],
      'asks-whether-helped': ['役に立ちました', '解決しました', '解決できました', '参考になりました', '見つかりました'],
    },
    'ありがとうございます, すみません, 残念ながら, です, でした, ください',
  ),
  language(
    {
      yes: ['是的', '是', '可以', '要', '需要'],
      no: [
        '没有|沒有',
        '没|沒',
        '不',
        '不是',
        '不行',
        '没用|沒用',
        '没有帮助|沒有幫助',
        '没找到|沒找到',
        '没解决|沒解決',
      ],
      'asks-whether-helped': ['有 ..1 帮助|幫助|用', '帮到|幫到', '解决|解決 ..3 了', '找到 ..3 了'],
    },
    '好, 好的, 谢谢, 謝謝, 请, 請, 吧, 呢, 还, 還, 您, 你, 了',
  ),
  language(
    {
      yes: ['نعم', 'أجل', 'أيوه', 'أكيد', 'موافق', 'طبعا'],
      no: ['لا', 'كلا', 'ليس تماما|فعلا|بعد', 'للأسف لا', 'لم يساعد|يساعدني|يفد|ينفع|أجد'],
      'asks-whether-helped': ['هل ..4 ساعدك|ساعدتك|ساعدكم|ساعد|ساعدت|أفادك|أجبت|أجاب|حلت|حل|مفيد|مفيدا|مفيدة|وجدت'],
    },
    'تمام, شكرا, شكرا لك, من فضلك, لو سمحت, للأسف',
  ),
  language(
    {
      yes: ['כן', 'בטח', 'אשמח', 'ברור'],
      no: ['לא', 'ממש לא', 'לא ממש|בדיוק', 'עדיין לא', 'לצערי לא', 'לא עזר|עזרה|הועיל|מצאתי|עובד'],
      'asks-whether-helped': [
        'האם|זה|התשובה|הבעיה ..4 עזר|עזרה|הועיל|הועילה|פתר|נפתר|נפתרה|מועיל|מצאת|מצאתם|עניתי|עזרתי',
      ],
    },
    'בסדר, אוקיי, תודה, תודה רבה, בבקשה, לצערי, זה, לי',
  ),
];
