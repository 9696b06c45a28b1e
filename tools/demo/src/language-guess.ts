/** Guesses which of the widget's languages a short text is written in, by its script or its function words. */
import { fold } from './fold-words.ts';

const LATIN = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'tr'] as const;
type LatinLanguage = (typeof LATIN)[number];
export type Language = LatinLanguage | 'ja' | 'zh' | 'ar' | 'he';

/** The first match wins: Japanese also contains Chinese characters. */
const SCRIPTS: readonly (readonly [Language, RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['zh', /\p{Script=Han}/u],
  ['ar', /\p{Script=Arabic}/u],
  ['he', /\p{Script=Hebrew}/u],
];

/** Words without accents, as `fold` returns them. They also serve as stop words. */
export const FUNCTION_WORDS: Record<LatinLanguage, string> = {
  en: 'a an the is are was were be been am i you he she it we they me my mine your our their this that these those what when where which who whom why how do does did done has have had can could will would should shall may might must to of in on at by for from with without and or but if then than as not no yes so up out about into over after before any some all there here its im ive dont cant doesnt isnt wont only more much many one once if too very s t m ve re d ll',
  de: 'der die das den dem des ein eine einen einem einer ist sind war waren sein bin bist ich du er sie es wir ihr mich mir dich dir uns mein meine meinen meinem meiner dein deine ihre ihren unser was wann wo wer wie warum wieso welche welcher welches kann kannst konnen konnte muss mussen mochte will wird werden wurde habe hat haben hatte nicht kein keine und oder aber wenn dann als mit ohne fur von vom zu zum zur auf in im an am bei nach aus uber unter noch schon auch nur sehr mehr viel viele gibt man bitte lange hier dort nun doch euch euer ihnen',
  fr: 'le la les un une des du de d l est sont etait suis es ai as a avez ont je tu il elle nous vous ils elles me moi mon ma mes votre vos notre nos ce cet cette ces que qu quoi qui quand ou comment pourquoi quel quelle quels quelles puis peux peut pouvez dois doit faut ne pas plus et ou mais si avec sans pour par sur dans en au aux y se s c est ca cela tres bien encore deja combien temps fait faire avoir etre c j n m t',
  es: 'el la los las un una unos unas de del al es son era soy estoy esta estan he ha han hay yo tu usted nosotros me mi mis su sus nuestro este esta esto estos que cual cuales cuando donde como por porque quien puedo puede pueden debo quiero no si y o pero con sin para en a se lo le les muy mas ya todavia aun cuanto cuanta cuantos tengo tiene tienen tarda hacer mucho',
  it: 'il lo la i gli le un uno una di del della dei delle da dal dalla al alla e sono era ho ha hanno hai io tu lei noi mi mio mia miei mie suo sua vostro vostra nostro questo questa questi che cosa quando dove come perche chi quale quali posso puo potete devo vorrei non si ma con senza per in nel nella su se lo molto piu gia ancora quanto quanta quanti tempo ci vuole fare',
  pt: 'o a os as um uma de do da dos das no na nos nas ao e sao era sou estou esta tenho tem ha eu voce nos me meu minha meus minhas seu sua nosso este esta isto que qual quais quando onde como porque quem posso pode podem devo quero nao sim e ou mas com sem para por em se lhe muito mais ja ainda quanto quanta quantos tempo leva fazer foi',
  nl: 'de het een is zijn was ben bent ik jij je u hij zij we wij mij mijn jouw uw ons onze dit dat deze die wat wanneer waar wie hoe waarom welke kan kun kunnen moet wil wordt worden heb heeft hebben had niet geen en of maar als dan met zonder voor van naar te op in aan bij na uit over nog al ook alleen zeer meer veel er lang duurt hier daar',
  pl: 'ja ty on ona my wy oni i oraz lub ale czy jak kiedy gdzie kto co ile jaki jaka jakie moj moja moje mojego moje jest sa byc nie tak w na do z ze za od po dla przez o sie mnie mi nas nam was wam to ten ta te tego juz jeszcze moge mozna chce prosze mam',
  tr: 'bir bu su ve veya ama ile icin mi mı mu ne nasıl neden zaman kadar nerede kim ben sen biz siz onlar benim bana beni var yok degil cok daha en gibi sonra once olarak olur mıyım miyim edebilir istiyorum',
};

/** Words and letters that are almost unique to one language. Short messages often contain nothing else. */
const MARKS: Record<LatinLanguage, RegExp> = {
  en: /\b(?:hello|thanks|thank|please|hi|hey|bye|order|returns?|refund|the|you|my)\b/g,
  de: /\b(?:hallo|danke|bitte|guten|moin|tschuss|servus|nicht|ich|kostet|bestellung|ruckgabe|gibt|versand|lieferung)\b|[äöüß]/g,
  fr: /\b(?:bonjour|bonsoir|merci|salut|revoir|commande|livraison|colis|retourner|remboursement|je|vous|est-ce)\b|[èêëçœ]|\b[ldjcn]'/g,
  es: /\b(?:hola|gracias|buenos|buenas|adios|pedido|envio|cuanto|donde|devolver|puedo|tarjeta)\b|[ñ¿¡]/g,
  it: /\b(?:ciao|grazie|buongiorno|buonasera|arrivederci|ordine|spedizione|consegna|posso|pacco|della|rimborso)\b|[ìò]/g,
  pt: /\b(?:ola|obrigad[oa]|bom dia|boa tarde|tchau|encomenda|entrega|posso|nao|voces?|devolver|minha|meu)\b|[ãõ]/g,
  nl: /\b(?:hoi|dank|bedankt|goedemorgen|goedemiddag|doei|bestelling|levering|pakket|retourneren|ik|niet|mijn|hoeveel|verzendkosten)\b|ij/g,
  pl: /\b(?:czesc|dzien dobry|dziekuje|prosze|czy|moge|zamowieni\w*|zwrot\w*|paczk\w*|dostaw\w*|ile)\b|[ąęłńśźż]/g,
  tr: /\b(?:merhaba|selam|tesekkur\w*|lutfen|nasıl|siparis\w*|iade|kargo|teslimat|odeme|ucret\w*)\b|[ğışİ]/g,
};

export type LanguageGuess = (text: string) => Language;

/** Falls back to English. */
export function createLanguageGuess(): LanguageGuess {
  const words = LATIN.map((language) => ({ language, known: new Set(FUNCTION_WORDS[language].split(' ')) }));
  return (text) => {
    const byScript = SCRIPTS.find(([, letters]) => letters.test(text));
    if (byScript) return byScript[0];
    const lower = text.toLowerCase();
    const plain = fold(text);
    const found = plain.match(/[\p{L}]+/gu) ?? [];
    let best: { language: Language; score: number } = { language: 'en', score: 0 };
    for (const { language, known } of words) {
      const functionWords = found.filter((word) => known.has(word)).length;
      const marks = new Set([...(lower.match(MARKS[language]) ?? []), ...(plain.match(MARKS[language]) ?? [])]).size;
      const score = functionWords + 1.5 * marks;
      if (score > best.score) best = { language, score };
    }
    return best.language;
  };
}
