/** Beside the code that adds a site's widget to pages. */
import type { Catalogs } from './catalogs.ts';

export const snippet = {
  script: 'Skript',
  scriptHint: 'Am Ende des body-Elements jeder Seite.',
  integrity: 'Skript mit Integritätsprüfung',
  integrityHint: 'Browser führen nur diese Version aus. Kopieren Sie es nach jedem Upgrade des Servers erneut.',
  reactHint: 'Einmal, in der Komponente, die alle Seiten umgibt.',
  wordpressHint: 'Am Ende der functions.php Ihres Themes.',
} satisfies Catalogs['snippet'];
