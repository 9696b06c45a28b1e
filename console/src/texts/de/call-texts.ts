/** Model calls and their cost. */
import type { Catalogs } from './catalogs.ts';
import { countOf } from './count.ts';

export const call = {
  purposes: {
    answer: 'Antwort',
    triage: 'Einstufung',
    analysis: 'Analyse',
    router: 'Modell-API',
    writing: 'Schreibhilfe',
    replay: 'Erneute Antwort',
    'replay-triage': 'Einstufung zur erneuten Antwort',
  },
  roles: { retry: 'Wiederholung', hedge: 'Parallelanfrage' },
  outcomes: { done: 'Abgeschlossen', failed: 'Fehlgeschlagen', aborted: 'Abgebrochen' },
  callReasons: {
    'hedge-lost': 'eine andere Anfrage war schneller',
    'speculation-dropped': 'an einen Agenten übergeben',
    'asked-early': 'vor dem Speichern der Nachricht gesendet',
    'typing-dropped': 'der Besucher hat diesen Entwurf nicht gesendet',
    stopped: 'vom Besucher angehalten',
    superseded: 'der Besucher hat eine weitere Nachricht gesendet',
  },
  priceUnknown: 'Preis unbekannt',
  about: (amount) => `etwa ${amount}`,
  atLeast: (amount) => `mindestens ${amount}`,
  under: (amount) => `unter ${amount}`,
  callsOfUnknownPrice: (count) => `${countOf(count, 'Aufruf', 'Aufrufe')} mit unbekanntem Preis`,
  and: (one, other) => `${one} und ${other}`,
  conversationCost: (amount) => `Kosten der Konversation: ${amount}`,
  ticketCost: (amount) => `Kosten der Analysen: ${amount}`,
  ttft: (time) => `TTFT ${time}`,
  masked: (count) => `${countOf(count, 'Wert', 'Werte')} maskiert`,
  notAnsweredByModel: 'Nicht von einem Modell geschrieben',
  whyThisModel: 'Warum dieses Modell',
  modelCalls: 'Modellaufrufe',
  callsOfTurn: 'Modellaufrufe für diese Antwort',
  everyCall: (count) => `Alle Aufrufe (${count})`,
  columns: {
    purpose: 'Zweck',
    model: 'Modell',
    region: 'Region',
    ttft: 'TTFT',
    total: 'Dauer',
    cost: 'Kosten',
    outcome: 'Ergebnis',
  },
} satisfies Catalogs['call'];
