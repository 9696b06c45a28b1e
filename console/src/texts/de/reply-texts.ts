/** The composer. */
import type { Catalogs } from './catalogs.ts';
import { countOf } from './count.ts';

export const reply = {
  reply: 'Antwort',
  proposed: 'Antwortvorschlag',
  edited: 'Antwortvorschlag (bearbeitet)',
  own: 'Ihre Antwort',
  writing: (names, count) => `${names} ${count === 1 ? 'schreibt' : 'schreiben'} …`,
  placeholder: 'Antwort schreiben, / für Textbausteine …',
  approveAndSend: 'Freigeben und senden',
  sendEdited: 'Bearbeitete Antwort senden',
  sendReply: 'Antwort senden',
  sending: 'Wird gesendet …',
  useProposal: 'Antwortvorschlag verwenden',
  draftReplaced: 'Der Antwortvorschlag hat Ihren Entwurf ersetzt.',
  sendingIn: (seconds) => `Wird in ${seconds} s gesendet`,
  undo: 'Rückgängig',
  replyMeanwhile: 'Ein anderer Agent hat geantwortet, während Sie geschrieben haben. Trotzdem senden?',
  sendAnyway: 'Trotzdem senden',
  cannedReplies: 'Textbausteine',
  preview: 'Vorschau',
  previewHint: 'So sieht es der Besucher',
  suggestions: (count) =>
    count === 0
      ? ''
      : `${countOf(count, 'Vorschlag', 'Vorschläge')}. Wählen Sie mit den Pfeiltasten und der Eingabetaste.`,
  resetProposal: 'Änderungen verwerfen',
  unsupported: (count) => countOf(count, 'Satz ohne Beleg', 'Sätze ohne Beleg'),
  unsupportedWhy: 'Keine Quelle belegt diesen Satz.',
  tooLong: (count) => `${countOf(count, 'Zeichen', 'Zeichen')} zu lang`,
  closed: 'In diesem Ticket kann nicht mehr geantwortet werden.',
  readOnly:
    'Ihre Rolle auf dieser Website ist Betrachter. Betrachter können Tickets lesen, aber nicht beantworten oder ändern.',
} satisfies Catalogs['reply'];
