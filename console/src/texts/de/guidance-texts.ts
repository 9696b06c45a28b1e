/** The guidance on the page Wissen. */
import type { Catalogs } from './catalogs.ts';

export const guidance = {
  coverages: {
    covered: 'Die Quellen beantworten diese Frage.',
    partly: 'Die Artikel beantworten diese Frage möglicherweise. Das Modell entscheidet.',
    'not-covered': 'Die Artikel beantworten diese Frage nicht. Der Assistent bietet einen Agenten an.',
  },
  title: 'Vorgaben',
  hint: 'Wie der Assistent auf dieser Website antwortet. Änderungen wirken innerhalb von zwei Sekunden.',
  failed: 'Die Vorgaben konnten nicht geladen werden.',
  tone: 'Ton',
  toneHint: 'Zum Beispiel: herzlich und kurz, auf Deutsch mit Sie',
  maxWords: 'Wörter je Antwort höchstens',
  always: 'Immer',
  alwaysHint: 'Eine Regel je Zeile, zum Beispiel: Die Lieferzeit nennen, wenn es um eine Bestellung geht.',
  never: 'Nie',
  neverHint: 'Eine Regel je Zeile, zum Beispiel: Andere Shops empfehlen.',
  snippets: 'Kurzinfos',
  snippetsHint: 'Kurze Texte, die Vorrang vor Artikeln haben, zum Beispiel eine Ausnahme für diese Woche.',
  snippet: (number) => `Kurzinfo ${number}`,
  snippetTitle: 'Titel',
  snippetText: 'Text',
  addSnippet: 'Kurzinfo hinzufügen',
  removeSnippet: 'Entfernen',
  save: 'Vorgaben speichern',
  saved: (version) => `Als Version ${version} gespeichert.`,
  conflict:
    'Ein anderer Administrator hat die Vorgaben inzwischen geändert. Laden Sie die Seite neu und nehmen Sie Ihre Änderungen dann noch einmal vor.',
  preview: 'Vorschau',
  previewHint:
    'Fragt das Modell mit den Vorgaben oben, gespeichert oder nicht. Das kostet so viel wie eine Antwort an einen Besucher.',
  question: 'Frage eines Besuchers',
  ask: 'Antwort testen',
  previewFailed: 'Keine Antwort. Prüfen Sie die Vorgaben und versuchen Sie es erneut.',
  handsOff: 'Der Assistent übergibt diese Frage an einen Agenten.',
  unsupported: 'Nicht in den Quellen:',
  versions: 'Versionen',
  rollBack: 'Zurücksetzen',
} satisfies Catalogs['guidance'];
