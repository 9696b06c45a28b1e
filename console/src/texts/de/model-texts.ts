/** The models and their endpoints. */
import type { Catalogs } from './catalogs.ts';

export const model = {
  banner: (fault) =>
    `Der Assistent hat Probleme beim Antworten (${fault}). Neue Fragen werden möglicherweise an Sie übergeben.`,
  asked: ({ address, upstreamName }) => `Angefragt: ${address}, Modell „${upstreamName}“.`,
  title: 'Modelle',
  hint: 'Ein kurzer Aufruf an jedes Modell beim Start des Servers. „npm run doctor“ wiederholt ihn.',
  unchecked: 'Die Modelle wurden noch nicht geprüft.',
  columns: { model: 'Modell', result: 'Ergebnis', ttft: 'TTFT', speed: 'Token/s', price: 'Preis' },
  works: 'Funktioniert',
  worksWithWarning: 'Funktioniert, siehe unten',
  prices: { full: 'bekannt', 'output-only': 'nur Ausgabe', unknown: 'unbekannt' },
} satisfies Catalogs['model'];
