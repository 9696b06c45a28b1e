/** What the launcher may say on its own: the messages of a site, as its pages receive them. */
import type { Hours } from './hours.ts';
import { languageOf } from './language.ts';

export interface ProactiveMessage {
  /** By which browsers remember that they have shown it. */
  id: string;
  text: string;
  translations: { language: string; text: string }[];
  /** Patterns of the pages' paths: `page-pattern.ts`. */
  pages: string[];
  afterSeconds: number;
  oncePer: 'visitor' | 'visit';
  /** Only while agents are available. */
  duringHours: boolean;
}

/** The response for a site. It is the same for every visitor. */
export interface ProactiveMessages {
  /** Name of the site. */
  name: string;
  /** When agents are available, if the site states its hours. */
  hours?: Hours;
  messages: ProactiveMessage[];
}

/** The text for a visitor whose page or browser is in this language. */
export function proactiveText({ text, translations }: ProactiveMessage, locale: string): string {
  const wanted = languageOf(locale);
  return translations.find(({ language }) => language === wanted)?.text ?? text;
}
