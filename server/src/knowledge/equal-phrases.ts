/** Writes some phrases in one way, so that "costs nothing" and "is free" compare alike, and neither counts as a denial. Pure. */

/** Words that a phrase begins with, in lower case (none: a script without blanks); the phrase; and how it is written instead. */
type Phrase = readonly [begins: string, phrase: RegExp, same: string];

const PHRASES: readonly Phrase[] = [
  // Free of charge
  ['free', /\bfree of (?:any )?charges?\b/giu, 'free'],
  [
    'is are do does don doesn',
    /\b(?:is|are) not charged\b|\b(?:do|does)(?: not|n['’]t) (?:cost|charge)(?: (?:you|anything|extra))*\b/giu,
    'is free',
  ],
  ['cost costs pay pays charge charges', /\b(?:costs?|pays?|charges?) nothing\b/giu, 'is free'],
  [
    'at for with no without',
    /\b(?:(?:at |for |with )?no|without(?: any)?) (?:extra |additional |further )?(?:costs?|charges?|fees?)\b/giu,
    'free',
  ],
  [
    'ohne keine',
    /\b(?:ohne|keine) (?:zusätzliche[nr]? |weitere[nr]? )?(?:kosten|gebühr(?:en)?|aufpreis)\b/giu,
    'kostenlos',
  ],
  ['sans', /\bsans (?:frais|supplément)(?: supplémentaires?)?\b/giu, 'gratuit'],
  ['sin', /\bsin (?:coste|costo|cargo|gastos)s?(?: adicional(?:es)?)?\b/giu, 'gratis'],
  ['senza', /\bsenza (?:costi|spese)(?: aggiuntiv[ei])?\b/giu, 'gratis'],
  ['', /不收取?(?:任何)?(?:费用|手续费)|无需(?:付费|费用)/gu, '免费'],
  // How often
  ['every each once', /\b(?:every|each|once (?:a|per|every)) day\b/giu, 'daily'],
  ['every each once', /\b(?:every|each|once (?:a|per|every)) week\b/giu, 'weekly'],
  ['every each once', /\b(?:every|each|once (?:a|per|every)) month\b/giu, 'monthly'],
  ['every each once annually', /\b(?:every|each|once (?:a|per|every)) year\b|\bannually\b/giu, 'yearly'],
  // Says nothing of the business, or is read with the amount behind it.
  ['per within ones', /\b(?:per|within|ones)\b/giu, ' '],
  [
    'unfortunately simply please leider bitte malheureusement lamentablemente purtroppo infelizmente helaas niestety',
    /\b(?:unfortunately|simply|please|leider|bitte|malheureusement|lamentablemente|purtroppo|infelizmente|helaas|niestety)\b,?/giu,
    '',
  ],
  // Limits, additions and duties contain a "no" and deny nothing.
  ['no not', /\b(?:no|not) (?=(?:more|less|later|fewer|earlier) than\b)/giu, 'at '],
  ['not', /\bnot only\b/giu, 'also'],
  ['nicht', /\bnicht nur\b/giu, 'auch'],
  ['nicht', /\bnicht (?=(?:mehr|weniger|später|länger) als\b)/giu, ''],
  ['non pas', /\b(?:non|pas) seulement\b/giu, 'aussi'],
  ['no', /\bno s[oó]lo\b/giu, 'también'],
  ['non', /\bnon solo\b/giu, 'anche'],
  ['não nao', /\bn[ãa]o s[óo]\b/giu, 'também'],
  ['', /不仅|不但|不只|不过|不断|不久/gu, ''],
  ['', /不超过/gu, '最多'],
  ['', /不满|不足|不到/gu, '少于'],
  [
    '',
    /なければ(?:なりません|ならない|いけません|いけない)|なくては(?:なりません|いけません)|ないといけません/gu,
    '必要があります',
  ],
  ['', /少ない|少なくとも/gu, '少'],
];
const READ = PHRASES.map(([begins, phrase, same]) => ({ begins: begins.split(' '), phrase, same }));
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}]/u;
const WORD = /[\p{L}\p{M}]+/gu;

/** Articles are read with it: a look at the words is cheaper than one for each phrase. */
export function withEqualPhrases(text: string): string {
  const words = new Set(text.toLowerCase().match(WORD));
  const isUnspaced = UNSPACED.test(text);
  return READ.reduce(
    (written, { begins, phrase, same }) =>
      begins.some((word) => (word === '' ? isUnspaced : words.has(word))) ? written.replace(phrase, same) : written,
    text,
  );
}
