/** The page Modelle, and its step in Einrichtung. */
import type { Catalogs } from './catalogs.ts';
import { countOf } from './count.ts';
import { page } from './page-texts.ts';

export const modelSettings = {
  title: page.models,
  hint: 'Welche Modelle Ihren Besuchern antworten, und an welchem Endpunkt. Eine Änderung gilt innerhalb von zwei Sekunden; laufende Antworten enden, wie sie begonnen haben.',
  notRead: 'Die Modelle konnten nicht geladen werden.',
  sources: {
    demo: 'Kein Endpunkt ist verbunden. Die Demo-Engine antwortet mit Zitaten aus Ihren Artikeln.',
    none: 'Kein Endpunkt ist verbunden, daher erhalten Besucher keine Antworten.',
    configuration: 'Der Endpunkt ist in der Konfiguration festgelegt.',
    console: 'Der Endpunkt ist verbunden.',
  },
  form: 'Endpunkt',
  formHint:
    'Jede API, die mit OpenAI kompatibel ist: ein Anbieter, ein Gateway oder ein eigener Server wie Ollama oder vLLM.',
  setBy: (origin) => `Festgelegt durch ${origin}. Ändern Sie es dort.`,
  baseUrl: 'Adresse',
  baseUrlHint: 'Wie Ihr Anbieter sie schreibt, zum Beispiel https://api.deepseek.com oder http://localhost:11434',
  apiKey: 'API-Schlüssel',
  keyHints: {
    none: 'Lassen Sie das Feld für einen Endpunkt ohne Schlüssel leer. Der Schlüssel wird verschlüsselt gespeichert und nicht wieder angezeigt.',
    unreadable: 'Der gespeicherte Schlüssel ist mit diesem APP_SECRET nicht lesbar. Geben Sie ihn noch einmal ein.',
  },
  keySet: (ending) =>
    `Ein Schlüssel ist gespeichert${ending === undefined ? '' : `, er endet auf …${ending}`}. Lassen Sie das Feld leer, um ihn zu behalten.`,
  keySetElsewhere: 'Ein Schlüssel ist festgelegt.',
  removeKey: 'Gespeicherten Schlüssel entfernen',
  apiKeyHeader: 'Gesendet als',
  headers: {
    '': 'Üblicher Header dieser Adresse',
    authorization: 'Authorization: Bearer',
    'api-key': 'api-key (Azure)',
    'x-api-key': 'x-api-key',
  },
  tiers: {
    instant: 'Modelle, die Fragen einstufen',
    fast: 'Modelle, die antworten',
    quality: 'Modelle, die Tickets analysieren',
  },
  tierHints: {
    instant: 'Stufe Sofort. Das schnellste zuerst, durch Kommas getrennt: Fällt eines aus, wird das nächste gefragt.',
    fast: 'Stufe Schnell. Auf diese Modelle warten Besucher.',
    quality: 'Stufe Qualität. Diese Modelle arbeiten im Hintergrund.',
  },
  prices: 'Preise',
  pricesAndTtft: 'Preise und gemessene TTFT',
  pricesHint:
    'In US-Dollar je Million Token. Ohne sie zählen Budgets diese Modelle wie das teuerste, und Berichte zeigen keine Kosten.',
  inputPrice: (model) => `Eingabe, ${model}`,
  outputPrice: (model) => `Ausgabe, ${model}`,
  input: 'Eingabe',
  output: 'Ausgabe',
  allowOutside: 'Modelle außerhalb der Grenzen zulassen',
  allowOutsideHint:
    'Die Stufe Sofort ist für Modelle unter 200 ms und 0,15 $ je Million Ausgabetoken, die Stufe Schnell für höchstens 400 ms und 0,80 $. Die Seite Antwortzeit nennt die anderen.',
  check: 'Prüfen',
  checkAgain: 'Noch einmal prüfen',
  checking: (done, total) =>
    total === undefined ? 'Wird geprüft …' : `Wird geprüft: ${done} von ${total} Modellen haben geantwortet.`,
  checked: (faults, warnings) =>
    faults > 0
      ? `${countOf(faults, 'Fehler', 'Fehler')} gefunden.`
      : warnings > 0
        ? `Kein Fehler. ${countOf(warnings, 'Warnung', 'Warnungen')}.`
        : 'Alles funktioniert.',
  levels: { ok: 'In Ordnung', warning: 'Warnung', fault: 'Fehler' },
  asked: (asked) => `Gefragt: ${asked}`,
  fix: (fix) => `Lösung: ${fix}`,
  save: 'Speichern und verwenden',
  saved: (version) => `Als Version ${version} gespeichert. Alle Prozesse verwenden sie innerhalb von zwei Sekunden.`,
  offline:
    'Nichts wurde gespeichert: Der Server hat nicht geantwortet. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
  conflict:
    'Ein anderer Administrator hat die Modelle inzwischen geändert. Laden Sie die Seite neu und nehmen Sie dann Ihre Änderungen vor.',
  lastCheck: 'Letzte Prüfung',
  lastCheckHint: 'Ein kurzer Aufruf je Modell, wie bei „npm run doctor“.',
  neverChecked: 'Die Modelle wurden noch nicht geprüft.',
  inUse: 'Verwendete Modelle',
  inUseHint: (site) =>
    site === undefined
      ? 'Preise gelten je Million Token.'
      : `Preise gelten je Million Token. Die gefühlte TTFT ist der Median der letzten sieben Tage auf „${site}“.`,
  columns: {
    model: 'Modell',
    tiers: 'Stufen',
    price: 'Eingabe / Ausgabe',
    felt: 'Gefühlte TTFT',
    profile: 'Profil',
  },
  usualProfile: 'wie üblich',
  chains: 'Reihenfolge nach Region',
  chainsHint:
    'Das erste Modell wird zuerst gefragt. Langsame und ausfallende rücken von selbst nach hinten. Die Zeiten sind Mediane am Gateway; die mit * sind erwartet, nicht gemessen.',
  chainColumns: { tier: 'Stufe', regions: 'Regionen', models: 'Modelle' },
  versions: 'Verlauf',
  step: '3. Modell verbinden',
  stepDone: 'Ein Modell-Endpunkt ist verbunden.',
  stepLater: 'Das können Sie später erledigen: Bis dahin zitiert die Demo-Engine Ihre Artikel.',
} satisfies Catalogs['modelSettings'];
