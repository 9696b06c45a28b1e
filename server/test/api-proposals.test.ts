/** A gap becomes an article: drafted, shown with its sources, accepted or rejected by an administrator. */
import { randomUUID } from 'node:crypto';
import type { SiteArticle } from '@firstword/shared/knowledge';
import type { Proposal } from '@firstword/shared/proposal';
import type { Page } from '@firstword/testing/console-page';
import { consoleServerForAllTests, consoleServer as server } from '@firstword/testing/console-server-hooks';
import { beforeAll, expect, test } from 'vitest';

let admin: Page;

consoleServerForAllTests({ draft: '# Shipping to Norway\n\nParcels take four days.' });
beforeAll(async () => {
  admin = await server.signIn('owner@shop.example', 'admin');
});

const list = async () =>
  (await admin.request<{ proposals: Proposal[] }>('GET', '/knowledge/proposals?site=acme')).body.proposals;

/** Drafts an article for a new gap, and waits for the draft. */
async function draft(question: string, conversationId = randomUUID()): Promise<Proposal> {
  await server.gaps.record({ siteId: 'acme', conversationId, seq: 2, question, words: question.split(' '), at: 5 });
  const gap = (await server.gaps.list('acme', 100)).find((one) => one.question === question);
  const requested = await admin.request<Proposal>('POST', '/knowledge/proposals', { site: 'acme', gap: gap?.id });
  expect([requested.status, requested.body.state]).toEqual([201, 'drafting']);
  const { id } = requested.body;
  await expect.poll(async () => (await list()).find((one) => one.id === id)?.state).toBe('open');
  return server.records.proposals.load(id).then((found) => found ?? requested.body);
}

const decide = (id: string, decision: 'accept' | 'reject', body: object = {}) =>
  admin.request<Proposal>('POST', `/knowledge/proposals/${id}/${decision}`, body);

test('an accepted draft is published as an article that was written by hand', async () => {
  const proposal = await draft('Norway shipping?');
  expect(proposal).toMatchObject({ question: 'Norway shipping?', title: 'Shipping to Norway', by: 'owner' });
  const article = {
    id: 'shipping-norway',
    title: proposal.title,
    url: '',
    body: `${proposal.body} Also on Saturdays.`,
  };
  expect((await decide(proposal.id, 'accept', { article })).body).toMatchObject({
    state: 'accepted',
    decidedBy: 'owner',
    articleId: 'shipping-norway',
  });
  const published = await admin.request<{ articles: SiteArticle[] }>('GET', '/knowledge/articles?site=acme');
  expect(published.body.articles.map(({ id }) => id)).toContain('shipping-norway');
  expect((await decide(proposal.id, 'reject')).status).toBe(409);
});

test('a rejected draft is no article', async () => {
  const { id } = await draft('Crypto payments?');
  expect((await decide(id, 'reject')).body).toMatchObject({ state: 'rejected' });
  const article = { id: 'crypto', title: 'Crypto', url: '', body: 'No.' };
  expect((await decide(id, 'accept', { article })).status).toBe(409);
  const published = await admin.request<{ articles: SiteArticle[] }>('GET', '/knowledge/articles?site=acme');
  expect(published.body.articles.map(({ id: articleId }) => articleId)).not.toContain('crypto');
});

test('a draft is stored without the personal data of its question', async () => {
  const { question } = await draft('Why did ada@example.org get two mails?');
  expect(question).toBe('Why did [email-1] get two mails?');
});

test('a gap that does not exist, and an agent who is no administrator, are refused', async () => {
  const missing = await admin.request('POST', '/knowledge/proposals', { site: 'acme', conversation: randomUUID() });
  expect(missing.status).toBe(404);
  const agent = await server.signIn('agent2@shop.example', 'agent');
  expect((await agent.request('GET', '/knowledge/proposals?site=acme')).status).toBe(403);
});
