/** Reduces a text to concepts and stems, so that a question can be compared with an article. */
import type { ConceptKind } from './concepts/concept.ts';
import { foldWords } from './fold-words.ts';
import { FUNCTION_WORDS } from './language-guess.ts';
import type { WordMeaning } from './word-meaning.ts';

/** Phrases of visitors for which articles have one word. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:money|geld) (?:back|zuruck|terug)\b/g, ' refund '],
  [/\b(?:send|sends|sending|sent|bring|give|giving|take|ship) (?:\w+ ){0,3}?back\b/g, ' return '],
  [/\b(?:gift cards?|cartes? cadeaux?|tarjetas? (?:de )?regalo|carta regalo|cartoes? presente)\b/g, ' giftcard '],
  [/\bmots? de passe\b/g, ' password '],
  [/\b(?:log|sign)(?:ging|ning)? in\b/g, ' signin '],
  [/\b(?:darme|darse) de baja\b/g, ' unsubscribe '],
  [/\bpick(?:ing)? (?:\w+ ){0,2}?up\b/g, ' pickup '],
  [/\b(?:sold out|out of stock|back in stock)\b/g, ' stock '],
  [/\b(?:put together|put it together)\b/g, ' assembly '],
  [/\b(?:you|chat|support|showroom|shop|store) open\b/g, ' opening '],
  [/\b(?:how long|wie lange|combien de temps|cuanto (?:tiempo|tarda\w*)|quanto tempo|hoe lang)\b/g, ' time '],
  [/\bunited kingdom\b/g, ' uk '],
  [/\b(?:united states|the us|the states)\b/g, ' usa '],
  [
    /\b(?:where (?:is|are)|wheres|wo ist|wo bleibt|ou est|donde esta|dov e|dove|onde esta|waar is|waar blijft) (?:my|mein|meine|ma|mon|mi|il|la|a|o|mijn)\b/g,
    ' track ',
  ],
  [/\bpays bas\b/g, ' paysbas '],
  [/\bsur mesure\b/g, ' surmesure '],
];

/** A light English stemmer for plurals and tenses. Its output is not a word. */
function stem(word: string): string {
  let root = word;
  if (root.length > 4 && root.endsWith('ies')) root = `${root.slice(0, -3)}y`;
  else if (root.length > 3 && root.endsWith('s') && !root.endsWith('ss')) root = root.slice(0, -1);
  if (root.length > 5 && root.endsWith('ing')) root = root.slice(0, -3);
  else if (root.length > 4 && root.endsWith('ed')) root = root.slice(0, -2);
  if (root.length > (root.endsWith('e') ? 3 : 4) && /[ey]$/.test(root)) root = root.slice(0, -1);
  return root.replace(/([bdgmnprt])\1$/, '$1');
}

function plainWord(word: string): MeantWord {
  const key = stem(word);
  return { key, kind: WEAK.has(key) || /^\d+$/.test(key) ? 'weak' : 'word' };
}

const FILLER = new Set(
  'please hello hi hey thanks thank want wanted would like need know tell help question something anything get got still just also really possible wendleby'.split(
    ' ',
  ),
);

/** Words with the same meaning have the same `key`. */
export interface MeantWord {
  readonly key: string;
  readonly kind: ConceptKind | 'word' | 'weak';
  /** The concept's topic; absent for other words. */
  readonly topic?: string;
}

export type MeaningReader = (text: string) => MeantWord[];

/** Stems that occur in any article. */
const WEAK = new Set(
  'tak mak work us sell sold ask find choos send sent number item product put look come go mean chang'.split(' '),
);

/** Returns concepts (`#return`) for known words and stems for others, without function words. */
export function createMeaningReader(meaning: WordMeaning): MeaningReader {
  const stop = new Set(Object.values(FUNCTION_WORDS).flatMap((words) => words.split(' ')));
  return (text) => {
    let plain = foldWords(text).join(' ');
    for (const [phrase, word] of PHRASES) plain = plain.replace(phrase, word);
    const read: MeantWord[] = [];
    for (const word of plain.split(' ')) {
      if (word === '') continue;
      const concepts = meaning(word);
      if (concepts) read.push(...concepts.map(({ name, kind, topic }) => ({ key: `#${name}`, kind, topic })));
      else if (!stop.has(word) && !FILLER.has(word) && (word.length > 1 || /\d/.test(word))) read.push(plainWord(word));
    }
    return read;
  };
}
