/** Classifies a message as the instant tier would: rules for critical labels, a classifier for the others. */
import { createExampleClassifier } from './example-classifier.ts';
import { fold, foldWords } from './fold-words.ts';
import type { Language, LanguageGuess } from './language-guess.ts';
import type { MeaningReader, MeantWord } from './plain-words.ts';
import { smalltalkKind } from './smalltalk.ts';
import { TRIAGE_EXAMPLES } from './triage-examples.ts';

export type TriageLabel = 'answer' | 'complex' | 'person' | 'smalltalk' | 'off-topic';

export interface DemoVerdict {
  readonly label: TriageLabel;
  readonly sentiment: 'positive' | 'neutral' | 'negative';
  readonly language: Language;
  /** One lower-case word. */
  readonly topic: string;
  /** 0 to 1. */
  readonly confidence: number;
}

export type DemoTriage = (text: string) => DemoVerdict;

/** All patterns read folded text: lower case, no accents. */
const ASKS_FOR_AGENT = [
  /\b(?:speak|talk|chat|write|connect|transfer|put|get|reach|want|need|prefer|call)\b.{0,40}\b(?:person|human|human being|agent|someone|somebody|representative|manager|supervisor|colleague|real people|staff|employee)\b/,
  /\b(?:real|live|actual) (?:person|human|agent|people)\b/,
  /^(?:a )?(?:human|person|agent|operator|representative)(?: please)?\W*$/,
  /\b(?:call me|ring me)\b/,
  /\b(?:mensch|menschen|mitarbeiter\w*|berater\w*|kundendienst|jemandem?)\b.{0,40}\b(?:sprechen|reden|verbinden|schreiben|chatten)\b/,
  /\b(?:echten? menschen?|mit einem menschen|mit einem mitarbeiter|rufen sie mich)\b/,
  /\b(?:parler|discuter|joindre|contacter|echanger)\b.{0,40}\b(?:humain|personne|conseiller\w*|agent|quelqu un|quelqu'un|quelqu’un)\b/,
  /\b(?:hablar|contactar|comunicar\w*)\b.{0,40}\b(?:persona|humano|agente|alguien|operador\w*)\b/,
  /\b(?:parlare|contattare|scrivere)\b.{0,40}\b(?:persona|umano|operatore|qualcuno|operatrice)\b/,
  /\b(?:falar|contactar|conversar)\b.{0,40}\b(?:pessoa|humano|atendente|alguem|operador\w*)\b/,
  /\b(?:spreken|praten|chatten)\b.{0,40}\b(?:mens|medewerker|iemand|persoon)\b|\b(?:mens|medewerker|iemand|persoon)\b.{0,40}\b(?:spreken|praten|chatten)\b/,
];
const LEGAL =
  /\b(?:lawyers?|solicitor|legal action|sue you|suing|take you to court|small claims|consumer protection|ombudsman|anwalt|anwaltin|rechtsanwalt|klage|verklagen|verbraucherzentrale|avocat|tribunal|proces|porter plainte|abogado|demanda|demandar|denunciar|avvocato|denuncia|denunciare|tribunale|advogado|processar|tribunais|advocaat|rechtszaak|aanklagen|juridische stappen)\b/;
const FRAUD =
  /\b(?:fraud|fraudulent|scam|scammed|stolen card|identity theft|hacked|phishing|betrug|betrogen|gehackt|fraude|arnaque|escroquerie|pirate mon compte|estafa|hackeado|truffa|rubato|hackerato|burla|oplichting|gehackt)\b/;
const DANGER =
  /\b(?:caught fire|on fire|smoke is|smoking|smells? burnt|burnt|burned|electric shock|electrocuted|injured|hurt my|bleeding|hospital|exploded|sparks?|brennt|gebrannt|rauch|raucht|stromschlag|verletzt|funken|en feu|a pris feu|fumee|brule|electrocut\w*|blesse|en llamas|fuego|humo|quemad\w*|descarga electrica|herid\w*|ha preso fuoco|fumo|bruciat\w*|ferit\w*|scossa|pegou fogo|fumaca|queimad\w*|choque eletrico|ferid\w*|in brand|vlam\w*|gewond|schok gekregen)\b/;

/** Signs that a short answer isn't enough. One `SURE_COMPLEX` match or two `COMPLEX_SIGNS` make a message complex. */
const SURE_COMPLEX =
  /\b(?:(?:charged|debited|billed|paid) (?:me )?(?:twice|double|two times|three times)|double charged|zweimal abgebucht|doppelt abgebucht|doppelt bezahlt|debite deux fois|preleve deux fois|cobrado dos veces|cobraron dos veces|addebitat\w* due volte|cobrad\w* duas vezes|twee keer (?:geld )?(?:afgeschreven|betaald)|money is (?:gone|missing)|geld (?:ist weg|fehlt)|third time|fourth time|for the (?:third|fourth|nth) time|zum dritten mal|troisieme fois|tercera vez|terza volta|terceira vez|derde keer)\b/;
const COMPLEX_SIGNS = [
  /\b(?:again|still (?:no|not|have|nothing|waiting)|once more|another broken|immer noch|schon wieder|erneut|toujours pas|encore une fois|sigue sin|todavia no|otra vez|ancora non|di nuovo|ainda nao|de novo|nog steeds|alweer)\b/,
  /\b(?:nobody|no one|no answer|no reply|ignored|already (?:wrote|written|called|contacted|asked)|wrote (?:to you )?(?:twice|three|several)|niemand|keine antwort|mehrfach|personne ne|sans reponse|nadie|nessuno|ninguem|geen antwoord)\b/,
  /\b(?:wrong amount|does not match|doesn't match|not match|dispute|refused my|you (?:promised|told me|said)|different from|never (?:arrived|received|came|refunded)|stimmt nicht|versprochen|falscher betrag|promis|prometieron|promesso|prometeram|beloofd)\b/,
  /\b(?:and also|as well as|on top of that|besides|in addition|at the same time|ausserdem|zusatzlich|en plus|de plus|ademas|inoltre|alem disso|bovendien)\b/,
];
const OWN_CASE =
  /\b(?:this is|my|mine|our|we|i|ich|wir|mein\w*|je|j|nous|mon|ma|me|mi|mis|ho|mio|mia|meu|minha|fui|ik|mijn|wij)\b/;
/** Subjects that a shop's support doesn't answer. */
const OFF_TOPIC =
  /\b(?:president|chancellor|prime minister|elections?|politic\w*|parliament|weather|forecast|recipes?|poem|poetry|joke|jokes|python|javascript|typescript|sql|algorithm|equation|homework|essay|horoscope|football|bitcoin|stock market|bundeskanzler\w*|wahl|wahlen|wetter|rezept|rezepte|gedicht|witz|witze|hausaufgaben|meteo|recette|blague|poeme|elecciones|clima|receta|chiste|poema|elezioni|ricetta|barzelletta|poesia|eleicoes|receita|piada|verkiezingen|weer morgen|recept|grap|gedicht)\b/;
const LONG_MESSAGE_WORDS = 45;

const POSITIVE =
  /\b(?:thanks?|thank you|great|love|lovely|perfect|happy|excellent|wonderful|awesome|helpful|danke|super|toll|klasse|prima|merci|parfait|genial|gracias|perfecto|encantad\w*|grazie|perfetto|ottimo|obrigad\w*|otimo|adoro|bedankt|dank|geweldig|fijn)\b/;
const NEGATIVE =
  /\b(?:angry|annoyed|annoying|terrible|awful|worst|unacceptable|ridiculous|disappoint\w*|useless|furious|disgust\w*|frustrat\w*|fed up|bad service|rubbish|joke of|shame|never again|wutend|sauer|arger\w*|unverschamt|frechheit|enttausch\w*|schlecht\w*|unzumutbar|scandaleu\w*|inadmissible|decu\w*|furieu\w*|nul|honteu\w*|inaceptable|pesim\w*|enfadad\w*|decepcion\w*|verguenza|inaccettabile|pessim\w*|arrabbiat\w*|delus\w*|vergogna|inaceitavel|decepcionad\w*|vergonha|onacceptabel|slecht\w*|boos|teleurgesteld|belachelijk|scam|fraud|broken again|betrug|arnaque|estafa|truffa)\b/;

export function createDemoTriage(read: MeaningReader, guessLanguage: LanguageGuess): DemoTriage {
  const keys = (text: string) => [...new Set(read(text).map(({ key }) => key))];
  const learned = createExampleClassifier(TRIAGE_EXAMPLES, keys);
  return (text) => {
    const plain = fold(text).replaceAll('’', "'");
    const meant = read(text);
    const { label, confidence } = decide(text, plain, meant, () => learned(keys(text)));
    return {
      label,
      confidence,
      sentiment: sentimentOf(text, plain, label),
      language: guessLanguage(text),
      topic: topicOf(meant, label),
    };
  };
}

function decide(
  text: string,
  plain: string,
  meant: readonly MeantWord[],
  learn: () => { label: 'answer' | 'complex' | 'off-topic'; confidence: number },
): { label: TriageLabel; confidence: number } {
  if ([...ASKS_FOR_AGENT, LEGAL, FRAUD, DANGER].some((pattern) => pattern.test(plain)))
    return { label: 'person', confidence: 0.95 };
  if (smalltalkKind(foldWords(text))) return { label: 'smalltalk', confidence: 0.96 };

  const concernsShop = meant.some(({ kind }) => kind === 'action');
  if (OFF_TOPIC.test(plain) && !concernsShop) return { label: 'off-topic', confidence: 0.9 };

  const shopWords = new Set(meant.filter(({ topic }) => topic !== undefined).map(({ key }) => key)).size;
  const signs = COMPLEX_SIGNS.filter((pattern) => pattern.test(plain)).length + (manyIssues(text, meant) ? 1 : 0);
  if (shopWords > 0 && SURE_COMPLEX.test(plain) && OWN_CASE.test(plain)) return { label: 'complex', confidence: 0.9 };
  if (shopWords > 0 && signs >= 2) return { label: 'complex', confidence: 0.82 };

  const verdict = learn();
  // A word of the shop outweighs similarity to off-topic examples, unless the classifier is almost certain.
  if (verdict.label === 'off-topic' && (shopWords === 0 || verdict.confidence > 0.9))
    return bounded('off-topic', verdict.confidence);
  if (verdict.label === 'complex' && signs === 1) return bounded('complex', verdict.confidence);
  return bounded('answer', verdict.label === 'answer' ? verdict.confidence : 0.6);
}

function bounded(label: TriageLabel, confidence: number): { label: TriageLabel; confidence: number } {
  return { label, confidence: Math.min(0.97, Math.max(0.5, confidence)) };
}

/** Several topics in one message are several requests: four in any message, three in a long one. */
function manyIssues(text: string, meant: readonly MeantWord[]): boolean {
  const topics = new Set(meant.filter(({ kind }) => kind === 'action').map(({ topic }) => topic));
  return topics.size >= 4 || (topics.size >= 3 && text.split(/\s+/).length >= LONG_MESSAGE_WORDS);
}

function sentimentOf(text: string, plain: string, label: TriageLabel): DemoVerdict['sentiment'] {
  const shouted = /[A-Z]{4,}.*[A-Z]{4,}/.test(text) || /!{2,}/.test(text);
  if (NEGATIVE.test(plain) || LEGAL.test(plain) || label === 'complex') return 'negative';
  if (POSITIVE.test(plain)) return 'positive';
  return shouted ? 'negative' : 'neutral';
}

function topicOf(meant: readonly MeantWord[], label: TriageLabel): string {
  if (label === 'smalltalk') return 'greeting';
  if (label === 'off-topic') return 'other';
  const weight = { action: 3, thing: 2, common: 1, word: 0, weak: 0 };
  const topics = new Map<string, number>();
  for (const { topic, kind } of meant) if (topic) topics.set(topic, (topics.get(topic) ?? 0) + weight[kind]);
  const [first] = [...topics].sort(([, a], [, b]) => b - a);
  return first?.[0] ?? 'other';
}
