/** Made-up conversations of the past year in several languages. The same seed makes the same ones. */
import type { ArchiveChange } from '@firstword/server/records/conversation-archive';
import { createSeededRandom } from '../seeded-random.ts';

/** One site for each language; `upTo`: its share of the conversations, and those before. */
export const SITES = [
  { id: 'shop-en', locale: 'en', upTo: 0.45 },
  { id: 'shop-de', locale: 'de', upTo: 0.65 },
  { id: 'shop-fr', locale: 'fr', upTo: 0.8 },
  { id: 'shop-es', locale: 'es', upTo: 0.9 },
  { id: 'shop-ja', locale: 'ja', upTo: 1 },
] as const;
type Site = (typeof SITES)[number];

const OPENINGS: Readonly<Record<Site['locale'], readonly string[]>> = {
  en: [
    'Where is my order',
    'I would like to return',
    'How long does the delivery take for',
    'The invoice is wrong for',
  ],
  de: [
    'Wo bleibt meine Bestellung',
    'Ich möchte zurückgeben',
    'Wie lange dauert die Lieferung von',
    'Die Rechnung stimmt nicht für',
  ],
  fr: [
    'Où est ma commande',
    'Je voudrais retourner',
    'Quels sont les délais de livraison pour',
    'La facture est fausse pour',
  ],
  es: ['Dónde está mi pedido', 'Quiero devolver', 'Cuánto tarda la entrega de', 'La factura no es correcta para'],
  ja: ['注文の配送状況を教えてください', '返品したい商品があります', '送料はいくらですか', '請求書が間違っています'],
};
const KANJI = '配送返品注文商品送料請求書届日時変更住所支払方法確認交換故障保証期間在庫';
const SYLLABLES = [
  'ba',
  'co',
  'dri',
  'el',
  'fa',
  'gor',
  'hi',
  'jun',
  'ka',
  'lem',
  'mo',
  'nar',
  'os',
  'pri',
  'quo',
  'ret',
  'sa',
  'tiv',
  'ul',
  'vem',
];
const VOCABULARY = 20_000;
const DAY_MS = 86_400_000;
const MEAN_MESSAGES = 10;

export interface PastConversation {
  readonly id: string;
  readonly siteId: string;
  readonly visitorId: string;
  readonly lastSeq: number;
  readonly lastAt: number;
  readonly changes: readonly ArchiveChange[];
}

/** @param now in milliseconds since 1970 */
export function* pastConversations(count: number, now: number, seed = 1): Generator<PastConversation> {
  const random = createSeededRandom(seed);
  const below = (max: number) => Math.floor(random() * max);
  const oneOf = <Item>(items: ArrayLike<Item>, otherwise: Item): Item => items[below(items.length)] ?? otherwise;
  const uuid = () => {
    const hex = Array.from({ length: 32 }, () => below(16).toString(16)).join('');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  };
  /** Few words are frequent and most are rare, as in real texts. */
  const word = () => {
    let rank = Math.floor(VOCABULARY ** random());
    let text = '';
    for (; rank > 0; rank = Math.floor(rank / SYLLABLES.length)) text += SYLLABLES[rank % SYLLABLES.length];
    return text;
  };
  const sentence = (locale: Site['locale']) => {
    const opening = oneOf(OPENINGS[locale], '');
    if (locale === 'ja')
      return `${opening}。${Array.from({ length: 4 + below(12) }, () => oneOf(KANJI, '品')).join('')}`;
    return `${opening} ${Array.from({ length: 4 + below(12) }, word).join(' ')} ${1000 + below(9_000_000)}.`;
  };
  const anySite = (): Site => {
    const at = random();
    return SITES.find(({ upTo }) => at < upTo) ?? SITES[0];
  };

  for (let made = 0; made < count; made++) {
    const { id: siteId, locale } = anySite();
    const [id, visitorId] = [uuid(), uuid()];
    const startedAt = Math.floor(now - (2 + random() * 363) * DAY_MS);
    const lastSeq = 2 + 2 * below(MEAN_MESSAGES - 1);
    const of = { conversationId: id, siteId, visitorId, locale };
    const changes: ArchiveChange[] = Array.from({ length: lastSeq }, (_, index) => {
      const at = startedAt + index * 30_000;
      const from = index % 2 === 0 ? 'visitor' : 'assistant';
      return { ...of, at, type: 'message', message: { seq: index + 1, id: uuid(), from, text: sentence(locale), at } };
    });
    const [first] = changes;
    if (first !== undefined && random() < 0.2) {
      const { at } = first;
      changes.push({ ...of, at, type: 'visitor', preChat: { name: word(), email: `${word()}.${made}@mail.example` } });
      changes.push({ ...of, at, type: 'message-rated', messageId: 'm', value: random() < 0.7 ? 'up' : 'down' });
    }
    if (random() < 0.1)
      changes.push({ ...of, at: startedAt, type: 'responder', responder: 'closed', ticketId: uuid() });
    yield { id, siteId, visitorId, lastSeq, lastAt: startedAt + (lastSeq - 1) * 30_000, changes };
  }
}
