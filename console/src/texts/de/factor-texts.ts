/** Sign-in in two steps. */
import type { Catalogs } from './catalogs.ts';

export const factor = {
  title: 'Anmeldung in zwei Schritten',
  hint: 'Für die Anmeldung ist dann auch ein Code aus einer Authenticator-App auf Ihrem Telefon nötig.',
  on: 'Die Anmeldung in zwei Schritten ist eingeschaltet.',
  required: 'Dieser Server verlangt die Anmeldung in zwei Schritten. Richten Sie sie ein, um fortzufahren.',
  setUp: 'Anmeldung in zwei Schritten einrichten',
  scan: 'Scannen Sie diesen QR-Code mit einer Authenticator-App und geben Sie dann den Code ein, den die App anzeigt.',
  qrCode: 'QR-Code für die Authenticator-App',
  key: 'Oder geben Sie diesen Schlüssel in der App ein:',
  code: 'Code',
  codeHint: 'Die 6 Ziffern in Ihrer Authenticator-App oder einer Ihrer Wiederherstellungscodes.',
  turnOn: 'Einschalten',
  turnOff: 'Ausschalten',
  recoveryCodes: 'Wiederherstellungscodes',
  recoveryHint:
    'Bewahren Sie diese Wiederherstellungscodes sicher auf. Mit jedem können Sie sich einmal anmelden, falls Sie Ihr Telefon verlieren. Sie werden nicht noch einmal angezeigt.',
  saved: 'Ich habe sie gespeichert',
} satisfies Catalogs['factor'];
