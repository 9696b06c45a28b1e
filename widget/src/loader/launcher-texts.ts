/** What the launcher says before the panel and its texts are fetched: its label, and that they could not be fetched. */
import { languageOf } from '@firstword/shared/language';

const TEXTS: Readonly<Record<string, readonly [open: string, unreachable: string]>> = {
  ar: ['اطرح سؤالًا', 'تعذّر تحميل المحادثة. أعد المحاولة'],
  de: ['Frage stellen', 'Der Chat konnte nicht geladen werden. Erneut versuchen'],
  es: ['Hacer una pregunta', 'No se pudo cargar el chat. Reintentar'],
  fr: ['Poser une question', 'Le chat n’a pas pu se charger. Réessayer'],
  he: ['שאלו שאלה', 'טעינת הצ׳אט נכשלה. ניסיון נוסף'],
  it: ['Fai una domanda', 'Impossibile caricare la chat. Riprova'],
  ja: ['質問する', 'チャットを読み込めませんでした。再試行'],
  nl: ['Stel een vraag', 'De chat kon niet worden geladen. Opnieuw proberen'],
  pl: ['Zadaj pytanie', 'Nie udało się wczytać czatu. Spróbuj ponownie'],
  pt: ['Fazer uma pergunta', 'Não foi possível carregar o chat. Tentar novamente'],
  tr: ['Soru sorun', 'Sohbet yüklenemedi. Tekrar dene'],
  zh: ['提问', '聊天加载失败。重试'],
};

/** `de-AT` uses `de`; an unknown language uses English. */
export function launcherTexts(locale: string): { locale: string; open: string; unreachable: string } {
  const language = languageOf(locale);
  const known = TEXTS[language];
  const [open, unreachable] = known ?? ['Ask a question', 'The chat couldn’t load. Try again'];
  return { locale: known ? language : 'en', open, unreachable };
}
