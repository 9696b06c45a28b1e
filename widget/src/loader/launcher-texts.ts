import { languageOf } from '@firstword/shared/language';

/** The launcher's label, needed before the panel and its texts are fetched. */
const OPEN: Readonly<Record<string, string>> = {
  ar: 'اطرح سؤالًا',
  de: 'Frage stellen',
  es: 'Hacer una pregunta',
  fr: 'Poser une question',
  he: 'שאלו שאלה',
  it: 'Fai una domanda',
  ja: '質問する',
  nl: 'Stel een vraag',
  pl: 'Zadaj pytanie',
  pt: 'Fazer uma pergunta',
  tr: 'Soru sorun',
  zh: '提问',
};

/** `de-AT` uses `de`; an unknown language uses English. */
export function launcherTexts(locale: string): { locale: string; open: string } {
  const language = languageOf(locale);
  const open = OPEN[language];
  return open === undefined ? { locale: 'en', open: 'Ask a question' } : { locale: language, open };
}
