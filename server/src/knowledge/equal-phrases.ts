/** Writes some phrases in one way, so that "costs nothing" and "is free" compare alike, and neither counts as a denial. Pure. */

const PHRASES: readonly (readonly [RegExp, string])[] = [
  // Free of charge
  [/\bfree of (?:any )?charges?\b/giu, 'free'],
  [
    /\b(?:is|are) not charged\b|\b(?:do|does)(?: not|n['’]t) (?:cost|charge)(?: (?:you|anything|extra))*\b/giu,
    'is free',
  ],
  [/\b(?:costs?|pays?|charges?) nothing\b/giu, 'is free'],
  [
    /\b(?:(?:at |for |with )?no|without(?: any)?) (?:extra |additional |further )?(?:costs?|charges?|fees?)\b/giu,
    'free',
  ],
  [/\b(?:ohne|keine) (?:zusätzliche[nr]? |weitere[nr]? )?(?:kosten|gebühr(?:en)?|aufpreis)\b/giu, 'kostenlos'],
  [/\bsans (?:frais|supplément)(?: supplémentaires?)?\b/giu, 'gratuit'],
  [/\bsin (?:coste|costo|cargo|gastos)s?(?: adicional(?:es)?)?\b/giu, 'gratis'],
  [/\bsenza (?:costi|spese)(?: aggiuntiv[ei])?\b/giu, 'gratis'],
  [/不收取?(?:任何)?(?:费用|手续费)|无需(?:付费|费用)/gu, '免费'],
  // How often
  [/\b(?:every|each|once (?:a|per|every)) day\b/giu, 'daily'],
  [/\b(?:every|each|once (?:a|per|every)) week\b/giu, 'weekly'],
  [/\b(?:every|each|once (?:a|per|every)) month\b/giu, 'monthly'],
  [/\b(?:every|each|once (?:a|per|every)) year\b|\bannually\b/giu, 'yearly'],
  // Says nothing of the business, or is read with the amount behind it.
  [/\b(?:per|within|ones)\b/giu, ' '],
  [
    /\b(?:unfortunately|simply|please|leider|bitte|malheureusement|lamentablemente|purtroppo|infelizmente|helaas|niestety)\b,?/giu,
    '',
  ],
  // Limits, additions and duties contain a "no" and deny nothing.
  [/\b(?:no|not) (?=(?:more|less|later|fewer|earlier) than\b)/giu, 'at '],
  [/\bnot only\b/giu, 'also'],
  [/\bnicht nur\b/giu, 'auch'],
  [/\bnicht (?=(?:mehr|weniger|später|länger) als\b)/giu, ''],
  [/\b(?:non|pas) seulement\b/giu, 'aussi'],
  [/\bno s[oó]lo\b/giu, 'también'],
  [/\bnon solo\b/giu, 'anche'],
  [/\bn[ãa]o s[óo]\b/giu, 'também'],
  [/不仅|不但|不只|不过|不断|不久/gu, ''],
  [/不超过/gu, '最多'],
  [/不满|不足|不到/gu, '少于'],
  [
    /なければ(?:なりません|ならない|いけません|いけない)|なくては(?:なりません|いけません)|ないといけません/gu,
    '必要があります',
  ],
  [/少ない|少なくとも/gu, '少'],
];

/** Most sentences have none of them, and one look is cheaper than all. */
const ANY = new RegExp(PHRASES.map(([{ source }]) => `(?:${source})`).join('|'), 'iu');

export const withEqualPhrases = (text: string) =>
  ANY.test(text) ? PHRASES.reduce((written, [phrase, same]) => written.replace(phrase, same), text) : text;
