/** Who a visitor is. */
import type { Catalogs } from './catalogs.ts';

export const identity = {
  verified: 'Verifiziert',
  claimed: 'Eigene Angabe',
  hints: {
    verified: 'Ihre Website hat verifiziert, wer dieser Besucher ist.',
    claimed: 'Das hat der Besucher eingegeben. Ihre Website hat es nicht verifiziert.',
  },
  subject: (subject) => `Kunden-ID ${subject}`,
  yes: 'ja',
  no: 'nein',
  all: 'Alle Konversationen dieses Besuchers',
} satisfies Catalogs['identity'];
