/** Texts of two-step sign-in. */
import { type Texts, translated } from './translated.ts';

const english = {
  title: 'Two-step sign-in',
  hint: 'Signing in also needs a code from an authenticator app on your phone.',
  on: 'Two-step sign-in is on.',
  required: 'This server requires two-step sign-in. Set it up to continue.',
  setUp: 'Set up two-step sign-in',
  scan: 'Scan this QR code with an authenticator app, then enter the code that the app shows.',
  qrCode: 'QR code for the authenticator app',
  key: 'Or enter this key in the app:',
  code: 'Code',
  codeHint: 'The 6 digits in your authenticator app, or one of your recovery codes.',
  turnOn: 'Turn on',
  turnOff: 'Turn off',
  recoveryCodes: 'Recovery codes',
  recoveryHint:
    'Keep these recovery codes in a safe place. Each one signs you in once if you lose your phone. They aren’t shown again.',
  saved: 'I’ve saved them',
} as const;
export type FactorTexts = Texts<typeof english>;
export const factorTexts = translated<FactorTexts>('factor', english);
