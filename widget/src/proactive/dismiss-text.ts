import { languageOf } from '@firstword/shared/language';

/** The label of the button, as the panel's texts have it, which are not loaded yet. */
const TEXTS: Readonly<Record<string, string>> = {
  ar: 'إخفاء',
  de: 'Ausblenden',
  es: 'Descartar',
  fr: 'Masquer',
  he: 'סגירה',
  it: 'Ignora',
  ja: '閉じる',
  nl: 'Sluiten',
  pl: 'Odrzuć',
  pt: 'Dispensar',
  tr: 'Kapat',
  zh: '关闭',
};

export const dismissText = (locale: string): string => TEXTS[languageOf(locale)] ?? 'Dismiss';
