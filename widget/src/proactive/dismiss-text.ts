/** The label of the button that dismisses a proactive message. The panel's texts have it, too, but are not loaded yet. */
import { languageOf } from '@firstword/shared/language';

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
