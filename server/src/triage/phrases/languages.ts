/** The phrases of each shipped language for requests for an agent, and for matters that only agents may handle. */
import { arabic } from './ar.ts';
import { german } from './de.ts';
import { english } from './en.ts';
import { spanish } from './es.ts';
import { french } from './fr.ts';
import { hebrew } from './he.ts';
import { italian } from './it.ts';
import { japanese } from './ja.ts';
import { dutch } from './nl.ts';
import { polish } from './pl.ts';
import { portuguese } from './pt.ts';
import type { RulePhrases } from './text-rule.ts';
import { turkish } from './tr.ts';
import { chinese } from './zh.ts';

export type { TextRule } from './text-rule.ts';

/** Every message is held against all of them: people mix languages, and a browser's locale says little. */
export const LANGUAGES: readonly RulePhrases[] = [
  english,
  german,
  french,
  spanish,
  portuguese,
  italian,
  dutch,
  polish,
  turkish,
  japanese,
  chinese,
  arabic,
  hebrew,
];
