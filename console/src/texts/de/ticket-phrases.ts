/** Warum der Server eine Aktion an einem Ticket ablehnt, nach dem englischen Wortlaut. */

export const ticketPhrases: Readonly<Record<string, string>> = {
  'a new ticket': 'ein neues Ticket',
  'a ticket that is being analyzed': 'ein Ticket, das gerade analysiert wird,',
  'a ticket that needs review': 'ein Ticket, das zu prüfen ist,',
  'a ticket in progress': 'ein Ticket in Bearbeitung',
  'a ticket that is waiting for the visitor': 'ein Ticket, das auf den Besucher wartet,',
  'a snoozed ticket': 'ein zurückgestelltes Ticket',
  'a resolved ticket': 'ein gelöstes Ticket',
  'a closed ticket': 'ein geschlossenes Ticket',
  'a merged ticket': 'ein zusammengeführtes Ticket',
  'a ticket marked as spam': 'ein als Spam markiertes Ticket',
  "You can't open {0}.": 'Sie können {0} nicht öffnen.',
  "You can't analyze {0}.": 'Sie können {0} nicht analysieren lassen.',
  "You can't finish the analysis of {0}.": 'Sie können für {0} keine Analyse abschließen.',
  "You can't claim {0}.": 'Sie können {0} nicht übernehmen.',
  "You can't assign {0}.": 'Sie können {0} nicht zuweisen.',
  "You can't reply to {0}.": 'Sie können auf {0} nicht antworten.',
  "You can't snooze {0}.": 'Sie können {0} nicht zurückstellen.',
  "You can't wake {0}.": 'Sie können {0} nicht wieder aufnehmen.',
  "You can't hand {0} back to the assistant.": 'Sie können {0} nicht an den Assistenten zurückgeben.',
  "You can't go on with the assistant in {0}.": 'Sie können {0} nicht mit dem Assistenten fortsetzen.',
  "You can't resolve {0}.": 'Sie können {0} nicht lösen.',
  "You can't reopen {0}.": 'Sie können {0} nicht wieder öffnen.',
  "You can't close {0}.": 'Sie können {0} nicht schließen.',
  "You can't mark {0} as spam.": 'Sie können {0} nicht als Spam markieren.',
  "You can't restore {0}.": 'Sie können {0} nicht wiederherstellen.',
  "You can't merge {0}.": 'Sie können {0} nicht zusammenführen.',
  "You can't merge a ticket into itself.": 'Sie können ein Ticket nicht mit sich selbst zusammenführen.',
  'The time to restore this ticket has passed.': 'Die Frist, dieses Ticket wiederherzustellen, ist abgelaufen.',
  'Choose an agent to assign.': 'Wählen Sie einen Agenten für die Zuweisung.',
  'Choose a ticket to merge into.': 'Wählen Sie ein Ticket, mit dem zusammengeführt wird.',
  'This conversation has a newer open ticket. Continue there.':
    'Diese Konversation hat ein neueres offenes Ticket. Arbeiten Sie dort weiter.',
  'This analysis has not finished yet.': 'Diese Analyse ist noch nicht abgeschlossen.',
  'This analysis has no proposed reply.': 'Diese Analyse enthält keinen Antwortvorschlag.',
  'This proposed reply was already sent.': 'Dieser Antwortvorschlag wurde bereits gesendet.',
  'This proposed reply was already sent with changes.':
    'Dieser Antwortvorschlag wurde bereits mit Änderungen gesendet.',
  'This proposed reply was already rejected.': 'Dieser Antwortvorschlag wurde bereits abgelehnt.',
  "This proposed reply can't be reviewed.": 'Über diesen Antwortvorschlag kann nicht entschieden werden.',
  'The analysis failed after several attempts.': 'Die Analyse ist nach mehreren Versuchen gescheitert.',
  'The model’s answer was not valid JSON, even after one repair attempt.':
    'Die Antwort des Modells war auch nach einem Korrekturversuch kein gültiges JSON.',
  'Model calls of this site are stopped. Run the analysis again when they are resumed.':
    'Die Modellaufrufe dieser Website sind angehalten. Starten Sie die Analyse erneut, sobald sie wieder laufen.',
  'Over budget: today’s limit for analyses is reached.':
    'Budget erreicht: Das heutige Limit für Analysen ist ausgeschöpft.',
  "The model's answer was cut off: its last parts are missing.":
    'Die Antwort des Modells wurde abgeschnitten: Ihre letzten Teile fehlen.',
  'These parts were invalid and are missing: {0}.': 'Diese Teile waren ungültig und fehlen: {0}.',
  'No model answered ({0}).': 'Kein Modell hat geantwortet ({0}).',
  'The analysis took too long.': 'Die Analyse hat zu lange gedauert.',
  'The analysis ended with an unexpected error.': 'Die Analyse endete mit einem unerwarteten Fehler.',
  'This sentence cites no source.': 'Dieser Satz zitiert keine Quelle.',
  'The quote {0} was not found in its source.': 'Das Zitat {0} wurde in seiner Quelle nicht gefunden.',
  'An attached file is no longer there. Remove it, and attach it again.':
    'Eine angehängte Datei ist nicht mehr vorhanden. Entfernen Sie sie, und hängen Sie sie erneut an.',
  "This agent doesn't answer tickets of this site. Choose another one.":
    'Dieser Agent beantwortet keine Tickets dieser Website. Wählen Sie einen anderen.',
  'This ticket does not exist on the same site. Choose another one.':
    'Dieses Ticket gibt es auf derselben Website nicht. Wählen Sie ein anderes.',
  "An agent whom you mention doesn't answer tickets of this site.":
    'Ein erwähnter Agent beantwortet keine Tickets dieser Website.',
  'A ticket has at most {0} tags. Remove one first.':
    'Ein Ticket hat höchstens {0} Schlagwörter. Entfernen Sie zuerst eines.',
  'This ticket has no triage verdict to correct.':
    'Zu diesem Ticket gibt es keine Einstufung, die korrigiert werden kann.',
  "This ticket is closed, so it can't be analyzed.": 'Dieses Ticket ist geschlossen und kann nicht analysiert werden.',
  'Ticket #{0} is closed. Choose an open ticket.': 'Ticket #{0} ist geschlossen. Wählen Sie ein offenes Ticket.',
  'Ticket #{0} is merged. Choose an open ticket.': 'Ticket #{0} ist zusammengeführt. Wählen Sie ein offenes Ticket.',
  'Ticket #{0} is marked as spam. Choose an open ticket.':
    'Ticket #{0} ist als Spam markiert. Wählen Sie ein offenes Ticket.',
  'This ticket is merged. Restore it by itself.':
    'Dieses Ticket ist zusammengeführt. Stellen Sie es einzeln wieder her.',
};
