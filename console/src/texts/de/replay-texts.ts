/** Eine Nachricht mit einem anderen Modell beantworten. */
import type { Catalogs } from './catalogs.ts';
import { countOf } from './count.ts';

export const replay = {
  replay: 'Erneut beantworten',
  replayMessage: (message) => `Erneut beantworten, ${message}`,
  title: 'Mit anderem Modell beantworten',
  hint: 'Andere Modelle beantworten diese Nachricht noch einmal, mit dem bisherigen Verlauf. Der Besucher sieht nichts davon.',
  question: 'Nachricht',
  model: 'Modell',
  otherModel: 'Zweites Modell',
  none: 'Keines',
  changeGuidance: 'Vorgaben nur für diesen Vergleich ändern',
  guidanceFailed: 'Die Vorgaben konnten nicht geladen werden.',
  start: 'Beantworten',
  stop: 'Anhalten',
  original: 'Antwort an den Besucher',
  noAnswer: 'Auf diese Nachricht folgt keine Antwort.',
  answering: 'Wird beantwortet …',
  stopped: 'Angehalten.',
  finished: (count) => `${countOf(count, 'Modell hat', 'Modelle haben')} geantwortet.`,
  handsOff: 'Ein Ticket würde eröffnet.',
  notCovered: 'Die Hilfeartikel decken diese Nachricht nicht ab.',
  shortened: 'Die Antwort wurde am Token-Limit des Modells abgeschnitten.',
  empty: 'Kein Text.',
  failures: {
    'unknown-model': 'Der Endpunkt bietet dieses Modell nicht an.',
    'no-model': 'Der Endpunkt bietet dieses Modell nicht an.',
    unauthorized: 'Der Endpunkt hat den Schlüssel abgelehnt. Prüfen Sie ihn auf der Seite „Modelle“.',
    'no-credit': 'Das Konto beim Endpunkt hat kein Guthaben mehr.',
    'rate-limited': 'Der Endpunkt hat zu viele Anfragen. Versuchen Sie es in einer Minute noch einmal.',
    'breaker-open':
      'Dieses Modell ist mehrmals ausgefallen und wird vorerst nicht gefragt. Versuchen Sie es in einer Minute noch einmal.',
    'first-token-timeout': 'Das Modell hat nicht rechtzeitig geantwortet.',
    'headers-timeout': 'Das Modell hat nicht rechtzeitig geantwortet.',
    'timed-out': 'Das Modell hat nicht rechtzeitig geantwortet.',
    stalled: 'Das Modell hat aufgehört, bevor die Antwort vollständig war.',
    'cut-off': 'Die Verbindung endete, bevor die Antwort vollständig war.',
    'only-thinking': 'Das Modell hat alle Token zum Nachdenken verbraucht.',
    'prompt-filtered': 'Der Inhaltsfilter des Endpunkts hat die Nachricht abgelehnt.',
  },
  failed: (code) => `Das Modell hat nicht geantwortet (${code}).`,
} satisfies Catalogs['replay'];
