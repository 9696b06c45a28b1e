/** Removes what surrounds a question without being part of it: quoted mail, signatures, greetings and closing lines. */
import { foldLetters } from '../lib/fold-letters.ts';

/** Where the text of an earlier mail begins; everything below is dropped. */
const QUOTED_MAIL =
  /^(?:-{2,}\s*(?:original message|forwarded message|urspr.ngliche nachricht|message d.origine|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht|wiadomo.. oryginalna|orijinal ileti).*|_{8,}|on .{5,120}wrote:|am .{5,120}schrieb.*:|le .{5,120}a .crit\s*:|el .{5,120}escribi.:|il .{5,120}ha scritto:|em .{5,120}escreveu:|op .{5,120}schreef.*:)\s*$/i;
/** The line that mail programs put above a signature. */
const SIGNATURE_MARK = /^--\s*$/;

/** "Sent from my phone" as mail apps write it; up to the end of its line. */
const SENT_FROM =
  /(?:^|(?<=[\s.!?]))(?:sent (?:from|via|using)|get outlook for|gesendet (?:von|mit)|von meinem .{2,20} gesendet|envoy. (?:de|depuis|avec)|enviado (?:desde|do|a partir)|inviato (?:da|dal)|verzonden (?:vanaf|met|vanuit)|verstuurd vanaf|wys.ano z|.{2,20}.?(?:dan|den|ten) g.nderildi|أرسلت? من|נשלח מ|iphoneから送信|发自我的|從我的|发送自)[^\n]*$/gimu;

/** A sentence or line that begins like this and is short only greets, thanks or says goodbye. Folded. */
const PHRASES =
  'hi there hello hey dear all everyone sir madam team good morning good afternoon good evening greetings thanks thank you so much thx many thanks in advance for your help best regards kind regards regards sincerely yours cheers best wishes have a nice day have a great day looking forward to your reply looking forward to hearing from you i hope you are well hope you are well i hope you can help me hope you can help please help can you help me could you help me please let me know any help is appreciated i have a question quick question ' +
  '| hallo guten tag guten morgen guten abend sehr geehrte damen und herren liebes team vielen dank danke danke schon mit freundlichen grussen freundliche grusse viele grusse liebe grusse beste grusse im voraus ich habe eine frage konnen sie mir helfen ich hoffe es geht ihnen gut ' +
  '| bonjour bonsoir salut madame monsieur merci merci beaucoup merci d avance cordialement bien cordialement bonne journee j ai une question pouvez vous m aider ' +
  '| hola buenos dias buenas tardes buenas noches estimados senores gracias muchas gracias un saludo saludos cordiales saludos atentamente tengo una pregunta pueden ayudarme ' +
  '| ciao salve buongiorno buonasera gentili signori grazie grazie mille cordiali saluti distinti saluti saluti ho una domanda potete aiutarmi ' +
  '| ola bom dia boa tarde boa noite prezados obrigado obrigada muito obrigado atenciosamente cumprimentos tenho uma pergunta podem ajudar me ' +
  '| hoi goedemorgen goedemiddag goedenavond geachte heer mevrouw beste bedankt dank u wel dankjewel alvast bedankt met vriendelijke groet groeten ik heb een vraag kunt u mij helpen ' +
  '| dzien dobry czesc witam szanowni panstwo dziekuje z gory dziekuje pozdrawiam mam pytanie czy mozecie mi pomoc ' +
  '| merhaba selam iyi gunler gunaydin iyi aksamlar sayin yetkili tesekkurler tesekkur ederim saygilarimla iyi calismalar bir sorum var yardimci olur musunuz ' +
  '| مرحبا السلام عليكم صباح الخير مساء الخير شكرا شكرا جزيلا مع تحياتي تحياتي لدي سوال ' +
  '| שלום היי בוקר טוב ערב טוב תודה תודה רבה בברכה יש לי שאלה';
const GREETING_WORDS: readonly ReadonlySet<string>[] = PHRASES.split('|').map(
  (language) => new Set(foldLetters(language).match(/\p{L}+/gu)),
);
const GREETING_WITHOUT_SPACES =
  /^(?:您好|你好|大家好|早上好|下午好|晚上好|谢谢|謝謝|多谢|非常感谢|麻烦(?:您|你)?了?|请问|請問|此致|敬礼|祝好|こんにちは|こんばんは|おはようございます|はじめまして|お世話になっております|お世話になります|ありがとうございます|よろしくお願い(?:いた|致)?します|お願いします|失礼します|すみません|สวัสดี|ขอบคุณ)+[\s。！!，,、～~]*$/u;
/** "My name is …" in the languages of the phrases. */
const NAMES_SELF =
  /^(?:hi|hello|hey|hallo|bonjour|hola|ciao|ola|hoi|merhaba)?[\s,!]*(?:there[\s,!]*)?(?:my name is|this is|i am|i'm|ich bin|ich heisse|mein name ist|je m'appelle|je suis|me llamo|mi nombre es|soy|mi chiamo|sono|meu nome e|chamo-me|mijn naam is|ik ben|nazywam sie|benim adim|adim)\s+((?:\p{Lu}[\p{L}'’.-]{0,40}\s{0,4}){1,3})(?:[,.;!]+|(?:and|und|et|y|e|en|i|ve)\s|$)/iu;

/** The text without its frame; the text itself when nothing would be left. */
export function withoutFraming(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const quoted = lines.findIndex((line) => QUOTED_MAIL.test(line.trim()) || SIGNATURE_MARK.test(line));
  const own = (quoted < 0 ? lines : lines.slice(0, quoted)).filter((line) => !line.trimStart().startsWith('>'));
  const kept = own.join('\n').replace(SENT_FROM, '');
  const rest = sentencesOf(kept)
    .map(withoutOpening)
    .filter((sentence) => sentence !== '' && !isGreeting(sentence));
  return rest.length > 0 ? rest.join(' ') : text;
}

/**
 * After a mark with a space, whatever follows (visitors write small letters); Chinese and Japanese write no space. The lookbehind
 * is bounded: in a run of a thousand brackets, each would look back over all the others.
 */
const SENTENCE_END = /(?<=[.!?…؟]["'”»)\]]{0,4})\s+|(?<=[。！？]["'”»」』)\]]{0,4})|\n/u;

/** Sentences and lines, trimmed, none empty. */
export const sentencesOf = (text: string) =>
  text
    .split(SENTENCE_END)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');

/** Longer sentences say more than a greeting. */
const GREETING_WORDS_MAX = 8;

function isGreeting(sentence: string): boolean {
  if (GREETING_WITHOUT_SPACES.test(sentence)) return true;
  const words = foldLetters(sentence).match(/\p{L}+/gu) ?? [];
  if (words.length === 0 || words.length > GREETING_WORDS_MAX) return false;
  // A closing line may end with a name: "Best regards, Svetlana".
  return GREETING_WORDS.some((known) => {
    const unknown = words.findIndex((word) => !known.has(word));
    if (unknown < 0) return true;
    return (
      unknown >= 1 &&
      words.length - unknown <= 2 &&
      !/[?？؟]/.test(sentence) &&
      isCapitalized(sentence, words.length - unknown)
    );
  });
}

/** Whether the last words are written like a name. */
const isCapitalized = (sentence: string, count: number) =>
  (sentence.match(/[\p{L}'’]+/gu) ?? []).slice(-count).every((word) => /^\p{Lu}/u.test(word));

/** "Hi, I'm Anna and …" → the rest. */
function withoutOpening(sentence: string): string {
  const named = NAMES_SELF.exec(sentence);
  // `i` also matches lower-case words: "I am looking for" introduces nothing.
  if (named !== null && /^\p{Lu}/u.test(named[1] ?? '')) return sentence.slice(named[0].length).trim();
  const comma = /^([^,!]{1,40})[,!]\s+(?=\S)/u.exec(sentence);
  return comma !== null && isGreeting(comma[1] ?? '') ? withoutOpening(sentence.slice(comma[0].length)) : sentence;
}
