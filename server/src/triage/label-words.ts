/** The words by which a model names each handling: the label it was asked for, near spellings, and other languages. */
import { keysOf } from '@firstword/shared/keys-of';
import type { Handling } from '@firstword/shared/ticket';

/** What the model is asked to answer. The labels differ in their first letter, so the first token decides. */
export const LABELS: Record<Handling, string> = {
  answer: 'answer',
  complex: 'complex',
  agent: 'person',
  smalltalk: 'smalltalk',
  'off-topic': 'off-topic',
};

/** Models translate labels into the language of the message: German, French, Spanish, Italian, Portuguese, Dutch, Polish, Turkish, Hebrew, Arabic, Chinese, Japanese, Russian. */
const OTHER_WORDS: Record<Handling, string> = {
  answer:
    'antwort réponse reponse respuesta risposta resposta antwoord odpowiedź odpowiedz cevap yanıt תשובה إجابة اجابة 回答 解答 答复 答案 ответ faq question',
  complex:
    'komplex complexe complejo compleja complesso complexo complexa złożone zlozone karmaşık מורכב معقد معقدة 复杂 複雑 複雜 сложный сложно',
  agent:
    'human agent operator mensch personne humain persona humano humana umano pessoa persoon mens osoba człowiek czlowiek kişi kisi insan temsilci אדם נציג شخص إنسان بشري موظف 人工 人类 真人 客服 人间 人間 担当者 オペレーター человек оператор escalate handoff hand-off',
  smalltalk:
    'small-talk small_talk chitchat chit-chat greeting begrüßung smalltalken saludo bavardage שיחה دردشة 闲聊 閒聊 寒暄 雑談 挨拶 приветствие',
  'off-topic':
    'offtopic off_topic irrelevant unrelated out-of-scope themenfremd hors-sujet fuera-de-tema fuori-tema 无关 無関係 離題 离题 не-по-теме',
};

const HANDLING_OF = new Map<string, Handling>(
  keysOf(LABELS).flatMap((handling) =>
    [LABELS[handling], ...OTHER_WORDS[handling].split(' ')].map((word) => [word, handling] as const),
  ),
);

/** The handling that a whole word names. */
export function handlingOf(word: string): Handling | undefined {
  return HANDLING_OF.get(word.toLowerCase());
}

/** The only handling whose label begins like this, for a word that is still arriving. */
export function handlingBeginning(start: string): Handling | undefined {
  const lower = start.toLowerCase();
  for (const [word, handling] of HANDLING_OF) if (word === LABELS[handling] && word.startsWith(lower)) return handling;
  return undefined;
}
