/** Detects likely prompt injections. Only sets a flag for agents; nothing is rejected. */

const SIGNS: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|prompt|rule|direction|guideline)s?/i,
  /\b(?:system|developer|hidden|initial)\s+(?:prompt|message|instruction)/i,
  /\byou are (?:now|no longer)\b/i,
  /\b(?:reveal|print|repeat|show)\b.{0,30}\b(?:your|the)\b.{0,20}\b(?:prompt|instructions|rules)\b/i,
  /<\/?(?:message|article|system|assistant|instructions?)\b/i,
  /\[\/?(?:INST|SYS(?:TEM)?)\]|<\|[a-z_]{2,20}\|>/i,
  /\b(?:ignoriere|vergiss|missachte)\b.{0,40}\b(?:anweisung|regel|vorgabe)/i,
  /\b(?:ignore[zr]?|oublie[zr]?)\b.{0,40}\b(?:instructions|consignes|règles)/i,
  /\b(?:ignora|olvida)\b.{0,40}\b(?:instrucciones|reglas|istruzioni|instruções)/i,
  /(?:忽略|无视|無視).{0,20}(?:指令|指示|规则|提示)/,
];

export function looksLikeInjection(text: string): boolean {
  return SIGNS.some((sign) => sign.test(text));
}
