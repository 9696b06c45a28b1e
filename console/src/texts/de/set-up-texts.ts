/** The page Einrichtung. */
import type { Catalogs } from './catalogs.ts';
import { countOf } from './count.ts';
import { page } from './page-texts.ts';

export const setUp = {
  title: page['set-up'],
  hint: 'Von hier bis zur ersten Antwort auf Ihrer eigenen Website. Alles lässt sich später ändern.',
  later: 'Später erledigen',
  site: '1. Website anlegen',
  siteDone: (name) => `„${name}“ ist bereit.`,
  articles: '2. Artikel hinzufügen',
  articlesHint: 'Der Assistent antwortet aus Ihren Artikeln. Importieren Sie Ihr Hilfecenter oder wählen Sie Dateien.',
  articlesDone: (passages) => `${countOf(passages, 'Textstelle ist', 'Textstellen sind')} für Antworten bereit.`,
  trial: '4. Ausprobieren',
  trialHint: 'Fragen Sie wie ein Besucher. Mit einem Modell kostet das so viel wie eine Antwort an einen Besucher.',
  openPreview: 'Chat öffnen, wie ihn Besucher sehen',
  demoEngine:
    'Die Demo-Engine zitiert nur Ihre Artikel. Für Antworten von einem Modell verbinden Sie oben einen Endpunkt.',
  pages: '5. In Ihre Seiten einbauen',
} satisfies Catalogs['setUp'];
