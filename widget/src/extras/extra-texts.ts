/** The words of the parts that few conversations need, fetched with them; one language at a time, as the widget's others. */
import { signal } from '@preact/signals';

export interface ExtraTexts {
  handOffTitle: string;
  handOffNext: string;
  awayNext(when: string): string;
  contact: string;
  contactField: string;
  contactSave: string;
  contactKept(email: string): string;
  contactChange: string;
  contactBad: string;
  judge: string;
  score(given: number): string;
  worst: string;
  best: string;
  comment: string;
  reason: string;
  beforeStart: string;
  yourName: string;
  optional(label: string): string;
  needed: string;
  begin: string;
  skip: string;
  attach: string;
  uploading(name: string): string;
  fileType(types: string): string;
  fileSize(limit: string): string;
  fileContent: string;
  fileMany: string;
  fileFailed: string;
  remove: string;
  download(name: string): string;
  fileGone: string;
}

export const englishExtraTexts: ExtraTexts = {
  handOffTitle: 'A person takes over',
  handOffNext: 'Your messages are passed on, so you need not repeat anything. The reply appears here.',
  awayNext: (when) => `Back: ${when}. Leave an e-mail address, and the reply reaches you there, too.`,
  contact: 'Where should we write if you leave?',
  contactField: 'E-mail address',
  contactSave: 'Save',
  contactKept: (email) => `If you leave, we write to ${email}.`,
  contactChange: 'Change',
  contactBad: 'This is not an e-mail address.',
  judge: 'How was this conversation?',
  score: (given) => `${given} of 5`,
  worst: 'Poor',
  best: 'Very good',
  comment: 'What should we know? (optional)',
  reason: 'What was wrong? (optional)',
  beforeStart: 'Before we start',
  yourName: 'Your name',
  optional: (label) => `${label} (optional)`,
  needed: 'Please fill this in.',
  begin: 'Start the chat',
  skip: 'Skip',
  attach: 'Attach a file',
  uploading: (name) => `Sending ${name}…`,
  fileType: (types) => `This kind of file cannot be sent. These can: ${types}.`,
  fileSize: (limit) => `This file is too large. The limit is ${limit}.`,
  fileContent: 'What this file holds does not match its name.',
  fileMany: 'No more files fit into this conversation.',
  fileFailed: 'The file did not get through.',
  remove: 'Remove',
  download: (name) => `Download ${name}`,
  fileGone: 'This file is no longer here.',
};

export const EXTRA_TEXT_LANGUAGES: Readonly<Record<string, () => Promise<{ extraTexts: ExtraTexts }>>> = {
  de: () => import('../languages/extra-texts-de.ts'),
  fr: () => import('../languages/extra-texts-fr.ts'),
  es: () => import('../languages/extra-texts-es.ts'),
  pt: () => import('../languages/extra-texts-pt.ts'),
  it: () => import('../languages/extra-texts-it.ts'),
  nl: () => import('../languages/extra-texts-nl.ts'),
  pl: () => import('../languages/extra-texts-pl.ts'),
  tr: () => import('../languages/extra-texts-tr.ts'),
  ja: () => import('../languages/extra-texts-ja.ts'),
  zh: () => import('../languages/extra-texts-zh.ts'),
  ar: () => import('../languages/extra-texts-ar.ts'),
  he: () => import('../languages/extra-texts-he.ts'),
};

export const words = signal(englishExtraTexts);
let asked = 'en';

/** `language` as `texts.locale` names it. */
export async function loadExtraTexts(language: string): Promise<void> {
  const load = EXTRA_TEXT_LANGUAGES[language];
  asked = language;
  const loaded = await load?.().catch(() => undefined);
  // A file that comes late must not undo a later choice.
  if (asked === language) words.value = loaded?.extraTexts ?? englishExtraTexts;
}
