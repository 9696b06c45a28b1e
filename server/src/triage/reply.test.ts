import { expect, test } from 'vitest';
import { createReplyReader } from './reply.ts';

const read = createReplyReader();
const offering = (text: string) => ({ text, offersAgent: true });
const plain = (text: string) => ({ text, offersAgent: false });

test.each([
  ['You have 30 days [1]. Did this help?', "No, it didn't help"],
  ['You have 30 days. Were you able to find what you needed?', 'No'],
  ['You have 30 days. Has that answered your question? 🙂', 'Not really'],
  ['You have 30 days. Have I answered your question?', "It didn't"],
  ['You have 30 days. Was I able to help?', 'Nope'],
  ['You have 30 days. Did you find what you were looking for?', "No, I couldn't find"],
  ['Sie haben 30 Tage. Hat Ihnen das geholfen?', 'Nein, leider nicht'],
  ['Vous avez 30 jours. Est-ce que cela vous a aidé ?', 'Non'],
  ['Tiene 30 días. ¿Le ha servido esta respuesta?', 'No mucho'],
  ['Tem 30 dias. Isso ajudou?', 'Não'],
  ['Ha 30 giorni. Questo ti è stato utile?', 'No, purtroppo'],
  ['U hebt 30 dagen. Heeft dit u geholpen?', 'Nee'],
  ['To 30 dni. Czy to pomogło?', 'Nie'],
  ['30 gününüz var. Bu size yardımcı oldu mu?', 'Hayır'],
  ['30日以内です。お役に立ちましたか。', 'いいえ'],
  ['期限是30天。这个回答有帮助吗？', '没有'],
  ['لديك 30 يوما. هل ساعدك هذا؟', 'لا'],
  ['יש לך 30 יום. האם זה עזר?', 'לא'],
])('after %j, %j says that it did not help', (question, no) => {
  expect(read(no, plain(question))).toBe('not-helped');
});

test.each([
  'Yes',
  'yes please!',
  'OK, go ahead',
  'Ja, gerne',
  'Oui, s’il vous plaît',
  'Sí, por favor',
  'Sim, por favor',
  'Sì, grazie',
  'Ja graag',
  'Tak, proszę',
  'Evet, lütfen',
  'はい、お願いします',
  '是的，谢谢',
  'نعم من فضلك',
  'כן בבקשה',
])('%j accepts the offer of an agent', (text) => {
  expect(read(text, offering('I could not find this.'))).toBe('accepts-agent');
});

test('a no to another question, or with more to say, is not a bare no', () => {
  expect(read('No', plain('Is there anything else I can help with?'))).toBeUndefined();
  expect(read('No', plain('Has your parcel been shipped already?'))).toBeUndefined();
  expect(read('No', plain('You have 30 days. Do you want to know more?'))).toBeUndefined();
  expect(read('No, where is the button for returns?', plain('Did this help?'))).toBeUndefined();
  expect(read('No', plain('Have you found the number of your order?'))).toBeUndefined();
});

test.each(['No', 'Nope', "Couldn't", "No, I couldn't find it", 'Nein, leider nicht', 'Non', 'いいえ', '没有', 'لا'])(
  '%j where nothing was asked is a bare no',
  (text) => {
    expect(read(text, undefined)).toBe('bare-no');
    expect(read(text, plain('You have 30 days.'))).toBe('bare-no');
    expect(read(text, offering('I could not find it.'))).toBeUndefined();
  },
);

test('thanks, a no, or another question does not accept an offer', () => {
  for (const text of ['Ok thanks', 'No thanks', 'No, please', 'Yes, but how long do I have?', ''])
    expect(read(text, offering('I could not find this.'))).toBeUndefined();
});
