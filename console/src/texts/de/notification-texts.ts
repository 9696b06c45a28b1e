/** Notifications, and their settings on the page Ihr Konto. */
import type { Catalogs } from './catalogs.ts';

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
  titles: {
    'new-ticket': (number) => `Neues Ticket #${number}`,
    reopened: (number) => `Ticket #${number} wurde wieder geöffnet`,
    assigned: (number) => `Ticket #${number} wurde Ihnen zugewiesen`,
    reply: (number) => `Antwort auf Ticket #${number}`,
    mention: (number) => `Sie wurden in Ticket #${number} erwähnt`,
    'target-near': (number) => `Ticket #${number} braucht bald eine Antwort`,
    'target-missed': (number) => `Ticket #${number} hat sein Antwortziel verfehlt`,
  },
} satisfies Catalogs['notification'];
