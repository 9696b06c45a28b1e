import { testArticle as article } from '@firstword/testing/test-article';
import { expect, test } from 'vitest';
import { createKnowledge } from './knowledge.ts';

const knowledge = createKnowledge([
  article('account', '如何创建账户', '创建账户需要一个电子邮件地址。'),
  article('order', '取消订单', '订单发货之前可以取消。'),
]);

test.each([
  ['如何設立帳戶', 'account'],
  ['设立帐户', 'account'],
  ['取消訂單', 'order'],
])('%j is found in articles with other forms of its characters', (question, id) => {
  expect(knowledge.search(question, 1)[0]?.articleId).toBe(id);
});
