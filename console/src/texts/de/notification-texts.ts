/** Notifications, and their settings on the page Ihr Konto. */
import type { Catalogs } from './catalogs.ts';
import { germanTitles } from './notification-titles.ts';

export const notification = {
  title: 'Benachrichtigungen',
  hint: 'Diese Einstellungen gelten in jedem Browser, in dem Sie sich anmelden. Über eigene Aktionen werden Sie nicht benachrichtigt.',
  about: 'Benachrichtigen über',
  kinds: {
    'new-ticket': 'Neue Tickets',
    reopened: 'Wieder geöffnete Tickets',
    assigned: 'Mir zugewiesene Tickets',
    reply: 'Antworten von Besuchern auf meine Tickets',
    mention: 'Notizen, in denen ich erwähnt werde',
    'target-near': 'Antwortziele, die bald verfehlt werden',
    'target-missed': 'Verfehlte Antwortziele',
  },
  by: 'Benachrichtigen durch',
  signals: {
    mark: 'Anzahl im Titel und Punkt auf dem Symbol des Browsertabs',
    sound: 'Ton',
    desktop: 'Desktop-Benachrichtigungen',
  },
  mail: 'Per E-Mail senden',
  alertMail: 'Warnungen zu Antwortzeit, Budgets und Modellen',
  play: 'Ton abspielen',
  allow: 'In diesem Browser erlauben',
  permission: {
    granted: '',
    default: 'Dieser Browser zeigt noch keine Desktop-Benachrichtigungen an.',
    denied:
      'Dieser Browser blockiert Benachrichtigungen dieser Website. Erlauben Sie sie in den Website-Einstellungen des Browsers.',
    unavailable: 'Dieser Browser kann hier keine Desktop-Benachrichtigungen anzeigen. Dafür ist https nötig.',
  },
  titles: germanTitles,
  push: {
    title: 'Push-Benachrichtigungen',
    hint: 'Ihr Gerät benachrichtigt Sie, solange keine Seite der Konsole sichtbar ist, auch wenn alle geschlossen sind. Worüber, legen Sie oben fest.',
    here: 'Push-Benachrichtigungen in diesem Browser',
    added: 'Hinzugefügt',
    last: 'Letzte Benachrichtigung',
    test: 'Test senden',
    testOf: (device) => `Test senden an ${device}`,
    tested: 'Testbenachrichtigung gesendet.',
    remove: 'Entfernen',
    removeOf: (device) => `${device} entfernen`,
    unavailable:
      'Dieser Browser kann hier keine Push-Benachrichtigungen empfangen. Dafür ist https nötig, auf iPhone und iPad außerdem die Konsole auf dem Home-Bildschirm.',
    notSubscribed:
      'Der Browser konnte seinen Push-Dienst nicht erreichen. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
  },
} satisfies Catalogs['notification'];
