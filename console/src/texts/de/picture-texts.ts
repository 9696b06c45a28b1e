/** The picture of the signed-in agent. */
import type { Catalogs } from './catalogs.ts';

export const picture = {
  title: 'Bild',
  hint: 'Besucher sehen es neben Ihren Nachrichten, andere Agenten in der Konsole. Ohne Bild werden Ihre Initialen angezeigt.',
  choose: 'Bild auswählen',
  replace: 'Anderes Bild auswählen',
  remove: 'Entfernen',
  undo: 'Rückgängig',
  saving: 'Wird gespeichert …',
  saved: 'Bild gespeichert.',
  removed: 'Bild entfernt.',
  unreadable: 'Diese Datei ist kein Bild, das Ihr Browser lesen kann. Wählen Sie ein PNG oder JPEG.',
  chooseAgain: 'Das entfernte Bild lässt sich nicht wiederherstellen. Wählen Sie es noch einmal aus.',
} satisfies Catalogs['picture'];
