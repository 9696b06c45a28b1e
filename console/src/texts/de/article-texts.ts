/** Single articles on the page Wissen. */
import type { Catalogs } from './catalogs.ts';
import { countOf } from './count.ts';

export const article = {
  title: 'Artikel',
  hint: 'Was Sie hier schreiben oder löschen, hat Vorrang vor den Quellen, auch nach einem erneuten Import.',
  empty: 'Diese Website hat noch keine eigenen Artikel.',
  failed: 'Die Artikel konnten nicht geladen werden.',
  create: 'Neuer Artikel',
  createTitle: 'Artikel schreiben',
  find: 'Nach Titel oder ID suchen',
  noMatch: 'Kein Artikel enthält dies in Titel oder ID.',
  more: (count) => `${countOf(count, 'weiterer', 'weitere')}. Geben Sie einen Teil des Titels ein, um sie zu finden.`,
  articleTitle: 'Titel',
  articleId: 'ID',
  idRule: 'Ohne Leerzeichen und #',
  body: 'Text (Markdown)',
  page: 'URL der zugehörigen Seite (optional)',
  pageRule: 'Eine URL, die mit https:// beginnt, oder ein Pfad, der mit / beginnt',
  alsoIn: 'Auch verfügbar auf:',
  save: 'Speichern und veröffentlichen',
  edit: 'Bearbeiten',
  remove: 'Löschen',
  removed: 'Manuell gelöscht',
  restore: 'Wiederherstellen',
  deleted: (title) => `„${title}“ wurde gelöscht. Antworten verwenden den Artikel nicht mehr.`,
  undo: 'Rückgängig',
} satisfies Catalogs['article'];
