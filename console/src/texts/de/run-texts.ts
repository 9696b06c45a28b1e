/** Durchläufe im Hintergrund des Servers. */
import type { Catalogs } from './catalogs.ts';

export const run = {
  stop: 'Anhalten',
  stopping: 'Wird angehalten …',
  states: {
    running: 'Läuft',
    done: 'Fertig',
    stopped: 'Angehalten',
    ceiling: 'An der Ausgabengrenze beendet',
    interrupted: 'Unterbrochen: Der Serverprozess wurde beendet',
    failed: 'Fehlgeschlagen wegen eines Fehlers im Server',
  },
  by: (name) => `von ${name}`,
  spent: (usd) => `Kosten ${usd}`,
  maxUsd: 'Ausgabengrenze in US-Dollar',
  run: 'Durchlauf',
  compareWith: 'Vergleichen mit',
  noOther: 'Keinem anderen Durchlauf',
  offline: 'Der Server hat nicht geantwortet. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
} satisfies Catalogs['run'];
