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
])('%j only asks', (text) => {
  expect(displeasureIn(text)).toBeUndefined();
});
