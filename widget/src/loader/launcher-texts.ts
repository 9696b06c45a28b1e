/** What the launcher is called before the panel, with all its words, has been fetched. */
const OPEN: Readonly<Record<string, string>> = {
  ar: 'اطرح سؤالًا',
  de: 'Frage stellen',
  es: 'Hacer una pregunta',
  fr: 'Poser une question',
  he: 'לשאול שאלה',
  it: 'Fai una domanda',
  ja: '質問する',
  nl: 'Stel een vraag',
  pl: 'Zadaj pytanie',
  pt: 'Fazer uma pergunta',
  tr: 'Soru sor',
  zh: '提问',
};

/** In the nearest language there is, with that language's code. */
export function launcherTexts(locale: string): { locale: string; open: string } {
  const language = locale.toLowerCase().split('-')[0] ?? '';
  const open = OPEN[language];
  return open === undefined ? { locale: 'en', open: 'Ask a question' } : { locale: language, open };
}
