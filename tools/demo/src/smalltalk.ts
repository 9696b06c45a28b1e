/** Recognises messages that are only a greeting, thanks, a goodbye, or the question who is answering. */

const KINDS = ['thanks', 'goodbye', 'greeting'] as const;
type Courtesy = (typeof KINDS)[number];
export type SmalltalkKind = Courtesy | 'identity';

const WORDS: Record<Courtesy, ReadonlySet<string>> = {
  greeting: new Set(
    'hi hello hey good morning afternoon evening day hallo moin servus guten morgen tag abend gruss bonjour bonsoir salut coucou hola buenos buenas dias tardes noches ciao buongiorno buonasera salve ola oi bom dia boa tarde noite hoi dag goedemorgen goedemiddag goedenavond czesc dzien dobry merhaba selam how are you is anyone there'.split(
      ' ',
    ),
  ),
  thanks: new Set(
    'thanks thank thx ty cheers great perfect super cool ok okay fine good nice lovely helpful that helped danke dankeschon vielen dank besten prima merci beaucoup gracias muchas mil grazie mille obrigado obrigada muito dank je wel u bedankt fijn top dziekuje bardzo dzieki tesekkurler tesekkur ederim very much you so a lot for your help all clear das hat geholfen parfait perfecto perfetto perfeito'.split(
      ' ',
    ),
  ),
  goodbye: new Set(
    'bye goodbye see you later have a nice good day evening tschuss ciao wiedersehen auf bis bald schonen tag abend noch au revoir bonne journee soiree adios hasta luego arrivederci tchau ate logo doei tot ziens fijne dag'.split(
      ' ',
    ),
  ),
};
/** At least one of these words is required: "good day you" is no greeting. */
const SURE: Record<Courtesy, RegExp> = {
  greeting:
    /^(?:hi|hello|hey|hallo|moin|servus|morning|morgen|tag|bonjour|bonsoir|salut|coucou|hola|buenos|buenas|ciao|buongiorno|buonasera|salve|ola|oi|bom|boa|hoi|goedemorgen|goedemiddag|goedenavond|czesc|dzien|merhaba|selam|there|are|afternoon|evening)$/,
  thanks:
    /^(?:thanks|thank|thx|ty|cheers|great|perfect|super|cool|ok|okay|fine|nice|lovely|helped|clear|danke|dankeschon|dank|prima|merci|parfait|gracias|perfecto|grazie|perfetto|obrigado|obrigada|perfeito|bedankt|top|dziekuje|dzieki|tesekkurler|tesekkur)$/,
  goodbye:
    /^(?:bye|goodbye|tschuss|wiedersehen|revoir|adios|luego|arrivederci|tchau|logo|doei|ziens|later|schonen|journee|soiree|day)$/,
};
const ASKS_IDENTITY =
  /^(?:who are you|what are you|(?:are you|am i (?:talking|speaking|chatting) (?:to|with)) (?:an? )?(?:real )?(?:ro)?(?:bot|human|person|ai|machine)|(?:bist du|sind sie) (?:ein )?(?:mensch|(?:ro)?bot\w*|ki)|wer (?:bist du|sind sie)|qui etes vous|(?:es tu|etes vous) un (?:robot|humain)|quien eres|eres (?:un )?(?:robot|humano)|chi sei|sei un (?:robot|umano)|quem es|voce e um robo|wie ben je|ben je een (?:robot|mens))$/;
/** Whole messages of languages that write no blanks between words, or few of them in such a message; folded. */
const WHOLE: Record<Courtesy, RegExp> = {
  greeting:
    /^(?:こんにちは|こんはんは|おはよう(?:こさいます)?|你好|您好|早上好|مرحبا|اهلا|السلام عليكم|שלום|היי|בוקר טוב|ערב טוב)$/,
  thanks:
    /^(?:(?:とうも)?ありかとう(?:こさいます|こさいました)?|谢谢(?:你|您)?|非常感谢|شكرا(?: جزيلا| لك)?|תודה(?: רבה)?)$/,
  goodbye: /^(?:さようなら|失礼します|再见|拜拜|مع السلامة|وداعا|להתראות|ביי)$/,
};
const LONGEST = 9;

/** @param words from `foldWords`; any unknown word means that the message is no smalltalk */
export function smalltalkKind(words: readonly string[]): SmalltalkKind | undefined {
  if (words.length === 0 || words.length > LONGEST) return undefined;
  const whole = words.join(' ');
  if (ASKS_IDENTITY.test(whole)) return 'identity';
  for (const kind of KINDS) if (WHOLE[kind].test(whole)) return kind;
  const all = Object.values(WORDS);
  if (!words.every((word) => all.some((known) => known.has(word)))) return undefined;
  for (const kind of KINDS) {
    const own = words.filter((word) => WORDS[kind].has(word)).length;
    if (own >= words.length / 2 && words.some((word) => SURE[kind].test(word))) return kind;
  }
  return undefined;
}
