/** Why a request failed. */
import type { Catalogs } from './catalogs.ts';

export const failure = {
  byCode: {
    'signed-out': 'Sie sind abgemeldet.',
    'rate-limited': 'Zu viele Anfragen. Versuchen Sie es später erneut.',
    unavailable: 'Der Server konnte die Anfrage nicht verarbeiten. Versuchen Sie es in einigen Sekunden erneut.',
    forbidden: 'Das ist Ihnen nicht erlaubt. Laden Sie die Seite neu, oder wenden Sie sich an einen Administrator.',
    'bad-request': 'Der Server konnte die Anfrage nicht lesen. Laden Sie die Seite neu.',
    conflict: 'Das hat sich inzwischen geändert. Laden Sie die Seite neu.',
    'not-found': 'Das gibt es nicht mehr, oder Sie haben keinen Zugriff darauf.',
  },
  signedOut: 'Sie sind abgemeldet.',
  tooMany: 'Zu viele Anfragen. Versuchen Sie es später erneut.',
  failed: 'Der Server konnte die Anfrage nicht verarbeiten.',
  noResponse: 'Der Server hat nicht geantwortet.',
  noCode: 'Der Code der Seite konnte nicht geladen werden.',
} satisfies Catalogs['failure'];
