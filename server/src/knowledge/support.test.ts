import { describe, expect, test } from 'vitest';
import type { Article } from './article.ts';
import { createKnowledge } from './knowledge.ts';
import { createSupportChecker } from './support.ts';

const article = (title: string, body: string): Article => ({
  id: title,
  title,
  body,
  keywords: '',
  category: '',
  url: '',
});

/** How each sentence is judged against one article, beside another one of the site. */
function judge(title: string, body: string, sentence: string): string {
  const articles = [
    article(title, body),
    article('Contact', 'Our team replies to members and owners by phone, mail and chat. A photo helps with furniture.'),
  ];
  const check = createSupportChecker(createKnowledge(articles));
  const sources = articles.map((one, index) => ({ n: index + 1, title: one.title, text: one.body }));
  return check(sources).check(sentence, [1]).kind;
}

const PLANS =
  '| Plan | Price | Storage |\n|---|---|---|\n| Basic | €5 a month | 5 GB |\n| Pro | €9 a month | 20 GB |\n\nBoth plans end after 24 months.';
const RETURNS =
  'You can return items within 30 days of delivery. Returns are free, except for furniture. You can send back up to 5 items at once.';
const OPENING = 'The shop is open Monday to Friday from 9:00 to 17:00. It is closed in December.';
const TRIAL = 'You may return an item within 30 days. Returns are free in the EU.';
const SEATS = 'The Basic plan costs €5 a month. The Pro plan includes five seats.';
const FEES =
  'Standard delivery costs €5 and express delivery €12. Orders over €50 are delivered free of charge. The buyer pays before departure.';

describe('a sentence is not supported where it changes', () => {
  test.each([
    ['a unit of size', PLANS, 'The Basic plan has a storage of 5 MB.'],
    ['a currency', PLANS, 'The price of the Pro plan is $9 a month.'],
    ['the row of a table', PLANS, 'The price of the Basic plan is €9 a month.'],
    ['a duration that is named in another unit', PLANS, 'Both plans end after three years.'],
    ['which part of a sentence an amount belongs to', FEES, 'Standard delivery costs €12.'],
    ['"up to" into "at least"', RETURNS, 'You can send back at least 5 items at once.'],
    ['an exception into the rule', RETURNS, 'Returns are free for furniture.'],
    ['"before" into "after"', FEES, 'The buyer pays after departure.'],
    ['some into all', FEES, 'All orders are delivered free of charge.'],
    ['a day of the week', OPENING, 'The shop is open on Saturday from 9:00 to 17:00.'],
    ['a month', OPENING, 'The shop is closed in November.'],
    ['a time of day', OPENING, 'The shop is open from 9 am to 6 pm.'],
    ['the strength of a promise', RETURNS, 'You can always return items within 30 days of delivery.'],
    ['something into a guarantee', RETURNS, 'We guarantee that you can return items within 30 days of delivery.'],
    [
      'what a clause adds',
      RETURNS,
      'You can return items within 30 days of delivery and our courier collects the parcel.',
    ],
    ['whom the second of two sentences is about', SEATS, 'The Basic plan includes five seats.'],
    ['something behind a courtesy', RETURNS, 'Sorry, returns are only possible within 3 days of delivery.'],
  ])('%s', (_kind, body, sentence) => {
    expect(judge('Our shop', body, sentence)).toBe('unsupported');
  });
});

describe('a sentence is supported where it only words differently', () => {
  test.each([
    ['a duration', PLANS, 'Both plans end after two years.'],
    ['a row of a table', PLANS, 'The Pro plan costs €9 a month and has 20 GB.'],
    ['"free"', RETURNS, 'There is no charge for returns, except for furniture.'],
    ['a limit with "no more than"', RETURNS, 'You can send back no more than 5 items at once.'],
    ['an exception as a denial', RETURNS, 'Returns of furniture are not free.'],
    ['a day within a range', OPENING, 'On Wednesday the shop is open from 9:00 to 17:00.'],
    ['a time of day', OPENING, 'From Monday to Friday the shop is open from 9 am to 5 pm.'],
    ['a month with "not"', OPENING, 'The shop is closed in December.'],
    ['two sentences about the same as one', TRIAL, 'Within the EU you can return items for free within 30 days.'],
    ['one part of a sentence', FEES, 'Express delivery costs €12.'],
    ['all of some', FEES, 'All orders over €50 are delivered free of charge.'],
  ])('%s', (_kind, body, sentence) => {
    expect(judge('Our shop', body, sentence)).toBe('supported');
  });
});

describe('other languages', () => {
  test.each([
    [
      'de',
      'Die Rücksendung ist kostenlos, außer bei Möbeln. Sie ist 14 Tage lang möglich.',
      'Die Rücksendung von Möbeln ist kostenlos.',
    ],
    [
      'fr',
      'Le service est ouvert du lundi au vendredi. Les frais ne sont pas remboursés.',
      'Le service est ouvert le samedi.',
    ],
    ['es', 'Los pedidos de más de 60 € tienen envío gratis.', 'Todos los pedidos tienen envío gratis.'],
    ['ja', '返品は14日以内にお願いします。ポイントの有効期限は1年間です。', 'ポイントの有効期限は3年間です。'],
    ['zh', '购买后7天内可以申请退款。客服时间为周一至周五。', '客服时间为周六和周日。'],
    ['ar', 'يمكنك إرجاع المنتج خلال 14 يوما من استلامه.', 'يمكنك إرجاع المنتج خلال ٤٠ يوما من استلامه.'],
  ])('%s: a false sentence is not supported', (_language, body, sentence) => {
    expect(judge('FAQ', body, sentence)).toBe('unsupported');
  });

  test.each([
    ['de', 'Die Rücksendung ist zwei Wochen lang möglich.', 'Die Rücksendung ist 14 Tage lang möglich.'],
    ['zh', '购买后7天内可以申请退款。', '购买后七天内可以申请退款。'],
    ['ja', '会員は住所を登録しなければなりません。', '会員は住所を登録する必要があります。'],
    ['ar', 'يمكنك إرجاع المنتج خلال 14 يوما من استلامه.', 'يمكنك إرجاع المنتج خلال ١٤ يوما من استلامه.'],
  ])('%s: a true one is', (_language, body, sentence) => {
    expect(judge('FAQ', body, sentence)).toBe('supported');
  });

  test('a promise in another language than the articles must be theirs, too', () => {
    expect(judge('Our shop', RETURNS, 'Wir garantieren Ihnen eine sehr schnelle Antwort.')).toBe('unsupported');
    expect(judge('Our shop', RETURNS, 'Die Rückgabe ist kostenlos.')).toBe('supported');
  });
});
