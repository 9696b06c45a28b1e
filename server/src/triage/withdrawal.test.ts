import { expect, test } from 'vitest';
import { createWithdrawalFinder } from './withdrawal.ts';

const languageOfWithdrawal = createWithdrawalFinder();

test.each([
  'Never mind',
  'never mind, thanks!',
  'Oh, nevermind. Thank you very much.',
  'OK, forget it',
  'I figured it out, thanks',
  "I don't need an agent anymore",
  'Hat sich erledigt, danke!',
  'Ach, schon gut.',
  'Vergessen Sie es',
  'Laissez tomber, merci',
  "C'est bon, merci",
  'Je n’ai plus besoin d’un agent',
  'No importa, gracias',
  'Olvídalo',
  'Ya no hace falta',
  'Não preciso mais, obrigado',
  'Deixa pra lá',
  'Non importa, grazie',
  'Lascia perdere',
  'Laat maar, bedankt',
  'Nieważne, dziękuję',
  'Już nie trzeba',
  'Boş ver, teşekkürler',
  'Artık gerek yok',
  'もういいです。ありがとうございます',
  '解決しました',
  '算了，谢谢',
  '已经解决了',
  'لا يهم، شكرا',
  'לא משנה, תודה',
])('%j withdraws the wish for an agent', (text) => {
  expect(languageOfWithdrawal(text)).toBeDefined();
});

test.each([
  'Thanks',
  'Never mind the delay, but where is my refund?',
  'Never mind. I want to talk to a manager!',
  "I'll never forget it",
  'It is not solved',
  'Is it fixed now?',
  'Danke, aber das Problem ist noch da',
  'Das ist mir nicht egal',
  'Ce n’est pas réglé',
  'No me da igual que llegue tarde',
  'まだ解決していません',
  '大丈夫ですか',
  '还没解决',
  'לא משנה לי מתי זה יגיע, אבל אני רוצה החזר',
  '',
])('%j does not', (text) => {
  expect(languageOfWithdrawal(text)).toBeUndefined();
});

test.each([
  ['Never mind, thanks!', 'de', 'en'],
  ['Hat sich erledigt', 'en', 'de'],
  ['Non importa, grazie', 'en-GB', 'it'],
  ['No importa', 'es-MX', 'es'],
  ['算了，谢谢', undefined, 'zh'],
  ['לא משנה, תודה', 'ar', 'he'],
])('%j on a page in %s is written in %s', (text, locale, language) => {
  expect(languageOfWithdrawal(text, locale)).toBe(language);
});
