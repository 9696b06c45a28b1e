/** Variables of canned replies, such as `{{visitor.name|there}}`: how they are checked and filled in. Pure. */
import type { Phrase } from './phrase.ts';

const KNOWN_VARIABLES = ['agent.name', 'site.name', 'ticket.number'] as const;
/** Unknown for some visitors, so they need a fallback. */
const OPTIONAL_VARIABLES = ['visitor.name', 'visitor.email'] as const;
export const REPLY_VARIABLES = [...OPTIONAL_VARIABLES, ...KNOWN_VARIABLES];
export type ReplyValues = Readonly<Record<(typeof KNOWN_VARIABLES)[number], string>> &
  Readonly<Partial<Record<(typeof OPTIONAL_VARIABLES)[number], string>>>;

const VARIABLE = /\{\{([^{}|]*)(?:\|([^{}]*))?\}\}/g;

/** What is wrong with the variables of a text, as a sentence and the values in it; undefined when nothing is. */
export function variableFault(text: string): Phrase | undefined {
  for (const [written, name = '', fallback] of text.matchAll(VARIABLE)) {
    const variable = REPLY_VARIABLES.find((known) => known === name.trim());
    if (variable === undefined)
      return {
        wording: '{0} is not a variable. Use {1}.',
        values: [written, REPLY_VARIABLES.map((known) => `{{${known}}}`).join(', ')],
      };
    if (OPTIONAL_VARIABLES.some((optional) => optional === variable) && (fallback ?? '').trim() === '')
      return {
        wording: '{0} is unknown for some visitors. Add a fallback, such as {1}.',
        values: [written, `{{${variable}|there}}`],
      };
  }
  return undefined;
}

export function fillVariables(text: string, values: ReplyValues): string {
  return text.replaceAll(VARIABLE, (written, name: string, fallback: string | undefined) => {
    const variable = REPLY_VARIABLES.find((known) => known === name.trim());
    const value = variable === undefined ? undefined : values[variable];
    return value ?? fallback?.trim() ?? written;
  });
}
