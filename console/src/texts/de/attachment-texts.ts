/** Files that an agent attaches to a reply. */
import type { Catalogs } from './catalogs.ts';

export const attachment = {
  attach: 'Dateien anhängen',
  attachments: 'Anhänge',
  remove: (name) => `${name} entfernen`,
  retry: 'Erneut versuchen',
  uploading: (name) => `${name} wird hochgeladen`,
  faults: {
    type: (endings) => `Dieser Dateityp ist nicht erlaubt. Erlaubt: ${endings}.`,
    empty: 'Diese Datei ist leer.',
    content: 'Der Inhalt der Datei passt nicht zu ihrem Namen.',
    unsafe: 'Diese Datei enthält Makros, Skripte oder Schadsoftware.',
    'too-large': (limit) => `Diese Datei ist größer als ${limit}.`,
    'too-many': 'In dieser Konversation sind keine weiteren Dateien möglich.',
    'too-many-in-reply': (most) => `Eine Antwort kann höchstens ${most} Dateien enthalten.`,
    failed: 'Die Datei konnte nicht hochgeladen werden.',
  },
} satisfies Catalogs['attachment'];
