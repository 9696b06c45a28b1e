import { expect, test } from 'vitest';
import { createComplaintFinder } from './complaint.ts';
import { createDispleasureFinder } from './displeasure.ts';

const complaintIn = createComplaintFinder();
const findDispleasure = createDispleasureFinder();
const displeasureIn = (text: string) => findDispleasure(text, () => complaintIn(text));

test.each([
  'I want to complain',
  'How to complaint',
  'pathetic service',
  'You are useless',
  'Waste of my time',
  'This is extremely urgent',
  'I need urgent assistance',
  'Ich möchte mich beschweren',
  'Das ist sehr dringend!',
  'Je veux faire une réclamation',
  'Quiero poner una queja',
  'Quero fazer uma reclamação',
  'Vorrei fare un reclamo',
  'Ik wil een klacht indienen',
  'Chcę złożyć skargę',
  'Şikayet etmek istiyorum',
  '対応がひどい',
  '我要投诉',
  'أريد تقديم شكوى',
  'אני רוצה להתלונן',
  'This is unacceptable',
  'What a joke',
  'I am really disappointed with you',
  'I will never order from you again',
  'Das ist eine Frechheit',
  'Ich bin total enttäuscht von euch',
  'Ich habe die Nase voll',
  'Bei euch kaufe ich nie wieder',
  "C'est inadmissible",
  'Je suis furieuse',
  'Vous vous moquez de moi ?',
  'Plus jamais chez vous',
  'Es una vergüenza',
  'Estoy harta',
  'Me están tomando el pelo',
  'No vuelvo a comprar aquí',
  'Isso é um absurdo',
  'Estou muito decepcionado',
  'Vocês são uns incompetentes',
  'Nunca mais compro com vocês',
  'È una vergogna',
  'Sono stufo',
  'Mi state prendendo in giro',
  'Mai più con voi',
  'Dit is onacceptabel',
  'Ik ben woest',
  'Jullie zijn waardeloos',
  'Ik bestel nooit meer bij jullie',
  'To skandal',
  'Jestem wściekły',
  'Mam tego dość',
  'Nigdy więcej u was nie kupię',
  'Bu bir rezalet',
  'Çok sinirliyim',
  'Çok beceriksizsiniz',
  'Bir daha sizden alışveriş yapmam',
  'ひどすぎます',
  '本当に腹が立ちます',
  'ふざけないでください',
  '二度と買いません',
  '太过分了',
  '我很生气',
  '你们真没用',
  '再也不买你们的东西了',
  'هذه مهزلة',
  'أنا غاضبة جدا',
  'عيب عليكم',
  'لن أشتري منكم أبدا',
  'זו בושה',
  'אני מאוכזבת',
  'נמאס לי',
])('%j is displeased', (text) => {
  expect(displeasureIn(text)).toBeDefined();
});

test('a visitor who only complains has asked nothing', () => {
  for (const text of [
    'Pathetic service!',
    'This is extremely urgent',
    'Need an immediate fix to my problem',
    '我要投诉',
  ])
    expect(displeasureIn(text)).toBe('only');
  for (const text of [
    'How do I complain?',
    'Terrible app, the code for the new sofa is refused',
    'Poor service. Where is it?',
  ])
    expect(displeasureIn(text)).toBe('also');
});

test.each([
  'How long does delivery take?',
  'Is there a poor man’s version of the desk?',
  'My order is urgent, when does it arrive?',
  'Where do I find the service manual?',
  'Wie lange dauert die Reklamation einer Lampe?',
  '投诉电话是多少？',
  'Is the joke book suitable for children?',
  'Sind die Gurken sauer?',
  'Ich möchte einen Artikel reklamieren, wie geht das?',
  'Jak złożyć reklamację uszkodzonego towaru?',
  'Nie mam dość miejsca na koncie, co robić?',
  '为什么不能接受付款？',
])('%j only asks', (text) => {
  expect(displeasureIn(text)).toBeUndefined();
});
