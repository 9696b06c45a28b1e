/** Texts used in several parts of the console. */
import type { Catalogs } from './catalogs.ts';

export const common = {
  settings: 'Einstellungen',
  product: 'Firstword',
  console: 'Agentenkonsole',
  skipToTicket: 'Zum Ticket springen',
  loading: 'Wird geladen …',
  loadingMore: 'Weitere werden geladen …',
  offline: 'Der Server ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
  reconnecting: 'Verbindung unterbrochen. Wird wiederhergestellt …',
  tryAgain: 'Erneut versuchen',
  dismiss: 'Ausblenden',
  cancel: 'Abbrechen',
  pageTitle: 'Firstword-Konsole',
  language: 'Sprache',
  asBrowser: (name) => `Wie der Browser (${name})`,
  languageHint: 'Für diesen Browser. Die Seite wird neu geladen, Entwürfe bleiben erhalten.',
} satisfies Catalogs['common'];
