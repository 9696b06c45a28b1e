/** Macros: what is done with a ticket once a canned reply is sent. */
import type { Catalogs } from './catalogs.ts';
import { countOf } from './count.ts';

export const macro = {
  title: 'Danach',
  hint: 'Geschieht, sobald die Antwort gesendet ist, oder sofort, wenn der Text leer ist.',
  tags: 'Schlagwörter hinzufügen',
  assignTo: 'Zuweisen an',
  end: 'Ticket',
  unchanged: 'Unverändert lassen',
  tag: (tags) => `${tags.length === 1 ? 'Schlagwort' : 'Schlagwörter'} ${tags.join(', ')} hinzufügen`,
  assign: (name) => `An ${name} zuweisen`,
  resolve: (resolution) => `Lösen: ${resolution}`,
  snooze: (hours) =>
    hours === undefined
      ? 'Zurückstellen, bis der Besucher antwortet'
      : `Für ${countOf(hours, 'Stunde', 'Stunden')} zurückstellen`,
  afterSending: 'Nach dem Senden:',
  drop: 'Nicht tun',
  applied: (what) => `Erledigt: ${what}.`,
  undo: 'Rückgängig',
} satisfies Catalogs['macro'];
