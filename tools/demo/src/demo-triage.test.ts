import { describe, expect, test } from 'vitest';
import { createDemoTriage, type TriageLabel } from './demo-triage.ts';
import { createLanguageGuess } from './language-guess.ts';
import { createMeaningReader } from './plain-words.ts';
import { createWordMeaning } from './word-meaning.ts';

const triage = createDemoTriage(createMeaningReader(createWordMeaning()), createLanguageGuess());

const UTTERANCES: Record<TriageLabel, readonly string[]> = {
  answer: [
    'How long does shipping to Denmark take?',
    'Can I send a shelf back after two weeks?',
    'Do you ship to Japan?',
    'What does express delivery cost?',
    'My voucher code is not accepted',
    'Which bulb fits the floor lamp?',
    'How many people does it take to assemble the desk?',
    'I forgot my password',
    'Is smoked oak darker than natural oak?',
    'My parcel has not arrived yet, it is two days late',
    'Where can I see my receipt',
    'Hi, can I change my delivery address?',
    'Wann bekomme ich mein Geld zurück?',
    'Was kostet die Lieferung in die Schweiz?',
    'Wie öle ich meinen Schreibtisch?',
    'Combien coûte la livraison en Belgique ?',
    'Comment puis-je annuler ma commande ?',
    '¿Puedo pagar a plazos?',
    '¿Cuánto tarda el envío a España?',
    'Quanto dura la garanzia?',
    'Posso pagare con PayPal?',
    'Qual é o prazo de devolução?',
    'Welke maten heeft de plank?',
    'Czy mogę zwrócić półkę?',
    'İade süresi ne kadar?',
    '返品はできますか',
    '运费是多少？',
    'كيف يمكنني إرجاع المنتج؟',
    'איך אפשר לבטל את ההזמנה?',
  ],
  person: [
    'I want to talk to a human',
    'Can I speak with someone please?',
    'agent',
    'Please call me, my number is in the order',
    'My lawyer will contact you',
    'I will take you to court over this',
    'Somebody used my stolen card in your shop',
    'The lamp caught fire last night',
    'I got an electric shock from the cable',
    'Ich möchte mit einem Mitarbeiter sprechen',
    'Das ist Betrug, ich gehe zum Anwalt',
    'Je veux parler à un conseiller',
    'Quiero hablar con una persona',
    'Vorrei parlare con un operatore',
    'Quero falar com um atendente',
    'Ik wil een medewerker spreken',
  ],
  complex: [
    'I was charged twice for order W1234567',
    'I sent back three items a month ago, only one was refunded and nobody answers my mails',
    'This is the third time the desk arrives broken',
    'You refunded the wrong amount and I still have not received the missing drawer',
    'My money is gone but there is no order, and support never came back to me, still waiting',
    'Mir wurde zweimal abgebucht und niemand antwortet',
    'Das Geld fehlt immer noch, ich habe mehrfach geschrieben',
    'J’ai été débité deux fois pour ma commande',
    'Me han cobrado dos veces el mismo pedido',
    'Er is twee keer geld afgeschreven voor mijn bestelling',
  ],
  smalltalk: [
    'Hi',
    'hello there',
    'Thanks a lot!',
    'ok thank you',
    'bye',
    'Guten Tag',
    'Danke!',
    'merci beaucoup',
    'hola',
    'grazie mille',
    'obrigado',
    'bedankt',
    'Dzień dobry',
    'Teşekkür ederim',
    'ありがとうございます',
    '谢谢！',
    'مرحبًا',
    'תודה רבה',
  ],
  'off-topic': [
    'Who is the president of the United States?',
    'Write a poem about autumn',
    'Give me a recipe for pancakes',
    'What is the weather tomorrow in Rome?',
    'Write a Python script that sorts a list',
    'Tell me a joke about cats',
    'Wie wird das Wetter am Wochenende?',
    'Raconte-moi une blague',
    '¿Quién ganó las elecciones?',
  ],
};

describe.each(Object.entries(UTTERANCES))('messages with the label %s', (label, texts) => {
  test.each(texts)('%s', (text) => {
    expect(triage(text).label).toBe(label);
  });
});

test.each([
  ['Where is my parcel?', 'en'],
  ['Wo ist mein Paket?', 'de'],
  ['Où est mon colis ?', 'fr'],
  ['¿Dónde está mi paquete?', 'es'],
  ['Dov’è il mio pacco?', 'it'],
  ['Onde está a minha encomenda?', 'pt'],
  ['Waar is mijn pakket?', 'nl'],
  ['Grazie', 'it'],
  ['Danke', 'de'],
  ['Gdzie jest moja paczka?', 'pl'],
  ['Kargom nerede?', 'tr'],
  ['荷物はどこですか', 'ja'],
  ['我的包裹在哪里？', 'zh'],
  ['أين طردي؟', 'ar'],
  ['איפה החבילה שלי?', 'he'],
])('the language of %s is %s', (text, language) => {
  expect(triage(text).language).toBe(language);
});

test.each([
  ['How much is shipping?', 'shipping'],
  ['Can I return this?', 'returns'],
  ['I need an invoice', 'invoices'],
  ['Mein Gutschein geht nicht', 'vouchers'],
  ['I forgot my password', 'password'],
  ['Chcę zwrócić lampę', 'returns'],
  ['Faturam nerede?', 'invoices'],
  ['返品したいです', 'returns'],
  ['保修期多长？', 'warranty'],
  ['كم تكلفة التوصيل؟', 'shipping'],
  ['שכחתי את הסיסמה', 'password'],
])('the topic of %s is %s', (text, topic) => {
  expect(triage(text).topic).toBe(topic);
});

test('detects negative and positive sentiment', () => {
  expect(triage('This is ridiculous, the worst service ever').sentiment).toBe('negative');
  expect(triage('The stool is perfect, can I get a second one?').sentiment).toBe('positive');
  expect(triage('How long does delivery take?').sentiment).toBe('neutral');
});

test('the confidence is between 0.5 and 1', () => {
  for (const text of Object.values(UTTERANCES).flat()) {
    const { confidence } = triage(text);
    expect(confidence).toBeGreaterThanOrEqual(0.5);
    expect(confidence).toBeLessThanOrEqual(1);
  }
});
