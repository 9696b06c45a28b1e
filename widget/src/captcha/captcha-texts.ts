/** What a visitor reads above a captcha, in every language of the widget. */
import { languageOf } from '@firstword/shared/language';

export const CAPTCHA_TEXTS: Readonly<Record<string, string>> = {
  en: 'Please confirm that you’re human to continue.',
  de: 'Bitte bestätigen Sie, dass Sie ein Mensch sind, um fortzufahren.',
  fr: 'Confirmez que vous êtes humain pour continuer.',
  es: 'Para continuar, confirme que es una persona.',
  pt: 'Confirme que você é uma pessoa para continuar.',
  it: 'Per continuare, confermi di essere una persona.',
  nl: 'Bevestig dat u een mens bent om door te gaan.',
  pl: 'Aby kontynuować, potwierdź, że jesteś człowiekiem.',
  tr: 'Devam etmek için insan olduğunuzu doğrulayın.',
  ja: '続けるには、ロボットではないことを確認してください。',
  zh: '请确认您是真人，然后继续。',
  ar: 'للمتابعة، يُرجى تأكيد أنك إنسان.',
  he: 'כדי להמשיך, יש לאשר שאינך רובוט.',
};

export const captchaTexts = (language: string): string =>
  CAPTCHA_TEXTS[languageOf(language)] ?? CAPTCHA_TEXTS['en'] ?? '';
