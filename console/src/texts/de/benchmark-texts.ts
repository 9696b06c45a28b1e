/** Benchmarks auf der Seite Modelle. */
import type { Catalogs } from './catalogs.ts';
import { countOf } from './count.ts';

export const benchmark = {
  title: 'Benchmark',
  hint: 'Jedes Modell erklärt Rekursion in 200 Wörtern, so oft Sie wählen. Gemessen wird die TTFT, wie Besucher sie sehen: bis zum ersten sichtbaren Text.',
  notRead: 'Die Benchmarks konnten nicht geladen werden.',
  noModels: 'Kein Modell wird verwendet. Verbinden Sie zuerst einen Endpunkt.',
  models: 'Zu messende Modelle',
  questions: 'Fragen je Modell',
  atOnce: 'Modelle gleichzeitig',
  estimate: (usd) => `Kostet höchstens ${usd}.`,
  pricesUnknown: (models) =>
    `Von ${countOf(models, 'Modell', 'Modellen')} sind nicht alle Preise bekannt: Eine unbekannte Eingabe zählt wie die Ausgabe, ein Modell ganz ohne Preis wie Ihr teuerstes.`,
  mayEndEarly: 'Das liegt über der Grenze. Der Benchmark endet vielleicht, bevor alle Fragen gestellt sind.',
  start: 'Benchmark starten',
  progress: (done, total) => `${done} von ${countOf(total, 'Frage', 'Fragen')}`,
  results: 'Ergebnisse',
  none: 'Noch kein Benchmark. Hier erscheinen die Ergebnisse.',
  columns: {
    model: 'Modell',
    p50: 'TTFT p50',
    p95: 'TTFT p95',
    speed: 'Token/s',
    answered: 'Beantwortet',
    cost: 'Kosten',
    errors: 'Fehler',
  },
  referenceHint: (figure) => `Referenz ${figure}`,
  estimatedHint: '~ Der Endpunkt meldet keine Tokenzahlen, daher sind dies Schätzungen.',
  givenUp: 'nach drei Fehlern in Folge nicht weiter gefragt',
  comparison: 'Vergleich',
  noCommon: 'Die beiden Durchläufe haben kein Modell gemeinsam.',
  comparedColumns: { p50: 'TTFT p50', p95: 'TTFT p95', speed: 'Token/s', failed: 'Fehlgeschlagen' },
  conflict: 'Ein anderer Benchmark läuft gerade. Er wird unten gezeigt.',
} satisfies Catalogs['benchmark'];
