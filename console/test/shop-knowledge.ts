/** Articles of the scripted server: a source in each state, a trial of the search, and two gaps. */
import type { SavedCase } from '@firstword/shared/evaluation-case';
import type { AnswerPreview, GuidanceView } from '@firstword/shared/guidance';
import type {
  ImportRun,
  ImportRunDetail,
  KnowledgeGap,
  KnowledgeOverview,
  KnowledgeSource,
  SearchTrial,
  SourceVersion,
  VersionDiff,
} from '@firstword/shared/knowledge';
import type { Proposal } from '@firstword/shared/proposal';

const HOUR_MS = 3_600_000;
const now = Date.now();
const NOTHING = { added: 0, changed: 0, removed: 0, problems: 0, stopping: false };

const run = (id: string, more: Partial<ImportRun>): ImportRun => ({
  ...{
    id,
    sourceId: id,
    siteId: 'demo',
    trigger: 'manual',
    state: 'done',
    startedAt: now - HOUR_MS,
    read: 0,
    ...NOTHING,
  },
  ...more,
});
const crawl = { include: [], exclude: [], maxPages: 500, delayMs: 250, maxDepth: 5 };

const sources: KnowledgeSource[] = [
  {
    ...{ id: 's-web', siteId: 'demo', name: 'Help centre', createdAt: now, version: 3, articles: 214, everyHours: 24 },
    origin: { kind: 'crawl', url: 'https://help.wendleby.example/', ...crawl },
    lastRun: run('s-web', { endedAt: now - HOUR_MS, added: 2, changed: 5, problems: 3, read: 217, total: 217 }),
  },
  {
    ...{ id: 's-files', siteId: 'demo', name: 'Manuals', createdAt: now, version: 1, articles: 12 },
    origin: { kind: 'upload' },
    lastRun: run('s-files', { state: 'running', read: 40, total: 120 }),
  },
  {
    ...{ id: 's-broken', siteId: 'demo', name: 'Old blog', createdAt: now, version: 0, articles: 0 },
    origin: { kind: 'url', url: 'https://blog.wendleby.example/export.json' },
    lastRun: run('s-broken', {
      state: 'failed',
      endedAt: now - 2 * HOUR_MS,
      error: 'https://blog.wendleby.example/export.json: the server answered with status 404',
    }),
  },
];

const overview: KnowledgeOverview = {
  site: 'demo',
  sites: [
    { id: 'demo', name: 'Wendleby' },
    { id: 'outlet', name: 'Wendleby Outlet' },
  ],
  sources,
  searched: { articles: 226, passages: 861, own: true },
};

const problems: ImportRunDetail = {
  ...run('s-web', { problems: 3 }),
  problemList: [
    'https://help.wendleby.example/app: has no text',
    'https://help.wendleby.example/old: the server answered with status 404',
    'https://help.wendleby.example/internal: robots.txt does not allow it to be read',
  ],
};

const version = (number: number, more: Partial<SourceVersion>): SourceVersion => ({
  ...{ number, createdAt: now - (4 - number) * 24 * HOUR_MS, articles: 210 + number, by: 'Schedule', note: '' },
  ...{ added: 2, changed: 5, removed: 1 },
  ...more,
});
const versions = [
  version(3, {}),
  version(2, { by: 'First Agent', note: 'Rolled back to version 1' }),
  version(1, { added: 211, changed: 0, removed: 0 }),
];
const diff: VersionDiff = {
  from: 2,
  to: 3,
  added: [{ id: 'returns/oversize', title: 'Returning large items' }],
  changed: [{ id: 'returns/refund', title: 'Refunds' }],
  removed: [],
};

const trial: SearchTrial = {
  coverage: 'covered',
  passages: [
    {
      articleId: 'returns/refund',
      title: 'Refunds',
      heading: 'How long it takes',
      url: 'https://help.wendleby.example/returns/refund',
      text: 'A refund reaches your account within nine working days after we received the parcel.',
      score: 0.412,
      matched: ['refund', 'days'],
      alsoIn: [{ id: 'returns/refund-de', title: 'Erstattung', language: 'de' }],
    },
  ],
};

const gap = (id: string, question: string, count: number): KnowledgeGap => ({
  ...{ id, question, count, lastAt: now - HOUR_MS },
  conversations: [{ id: 'c-1', question, at: now - HOUR_MS }],
});
const gaps = [gap('g-1', 'Do you ship to Norway?', 14), gap('g-2', 'Can I pay with crypto?', 3)];

const guidance: GuidanceView = {
  version: 2,
  guidance: {
    tone: 'warm',
    maxWords: 120,
    always: ['Name the delivery time when an order is mentioned.'],
    never: ['Recommend other shops.'],
    snippets: [{ title: 'Strike in Norway', text: 'Parcels to Norway take ten days until 9 May.' }],
  },
  versions: [
    { number: 2, createdAt: now - HOUR_MS, by: 'First Agent' },
    { number: 1, createdAt: now - 24 * HOUR_MS, by: 'First Agent' },
  ],
};
const preview: AnswerPreview = {
  answer: 'Parcels to Norway take ten days until 9 May [1]. We also ship to the moon.',
  coverage: 'covered',
  handsOff: false,
  sources: [{ n: 1, title: 'Strike in Norway', url: '' }],
  unsupported: ['We also ship to the moon.'],
};

export const shopCases: SavedCase[] = [
  {
    id: 't-1042.2',
    siteId: 'demo',
    conversationId: 'c-1',
    conversation: ['When do I get my money back?'],
    facts: [],
    absent: ['Your refund takes 14 days.'],
    kind: 'any',
    note: 'rejected: wrong-facts',
    savedAt: now - HOUR_MS,
    by: 'First Agent',
  },
];

const proposal = (id: string, more: Partial<Proposal>): Proposal => ({
  ...{ id, siteId: 'demo', state: 'open', question: 'Do you ship to Norway?', title: 'Shipping to Norway' },
  ...{ body: 'Parcels take four days.\n\nTo do: the price.', conversationIds: ['c-1'], by: 'First Agent' },
  ...{ articles: [{ id: 'delivery', title: 'Delivery times' }], createdAt: now - HOUR_MS },
  ...more,
});
const proposals = [
  proposal('p-1', {}),
  proposal('p-2', { state: 'rejected', title: 'Paying with crypto', decidedBy: 'First Agent' }),
];

const ANSWERS: Readonly<Record<string, object>> = {
  'GET /knowledge': overview,
  'GET /knowledge/runs/s-web': problems,
  'GET /knowledge/sources/s-web/versions': { versions },
  'GET /knowledge/sources/s-web/diff': diff,
  'GET /knowledge/search': trial,
  'GET /knowledge/gaps': { gaps },
  'GET /knowledge/guidance': guidance,
  'GET /knowledge/proposals': { proposals },
  'POST /evaluation-cases': shopCases[0] ?? {},
  'POST /knowledge/guidance/preview': preview,
};

/** The answer to a route of the Knowledge page; undefined for other routes. */
export const readKnowledge = (route: string): object | undefined => ANSWERS[route];
