/** The page Textbausteine. */
import type { Catalogs } from './catalogs.ts';
import { countOf } from './count.ts';
import { page } from './page-texts.ts';

export const canned = {
  title: page['canned-replies'],
  hint: 'Agenten fügen einen Textbaustein ein, indem sie im Antwortfeld / und sein Kürzel eingeben.',
  notAllowed: 'Nur Administratoren können diese Seite öffnen.',
  notRead: 'Die Textbausteine konnten nicht geladen werden.',
  none: 'Noch keine Textbausteine. Fügen Sie die Antworten hinzu, die Ihr Team am häufigsten schreibt.',
  noneFound: 'Kein Textbaustein entspricht Ihrer Suche.',
  search: 'Textbausteine durchsuchen',
  found: (count) => countOf(count, 'Textbaustein', 'Textbausteine'),
  add: 'Textbaustein hinzufügen',
  edit: 'Bearbeiten',
  delete: 'Löschen',
  deleted: (shortcut) => `/${shortcut} wurde gelöscht.`,
  undo: 'Rückgängig',
  shortcut: 'Kürzel',
  shortcutHint: 'Buchstaben, Ziffern, - und _, zum Beispiel rueckerstattung.',
  text: 'Text',
  textHint: 'Markdown ist möglich. Variablen:',
  variableHint: 'Nach | steht, was geschrieben wird, wenn der Wert unbekannt ist.',
  site: 'Website',
  allSites: 'Alle Websites',
  save: 'Speichern',
} satisfies Catalogs['canned'];
