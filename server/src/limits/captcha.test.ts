import { addSecurityRow } from '@firstword/testing/security-row';
import { expect, test } from 'vitest';
import { createCaptcha } from './captcha.ts';
import { createClientChecks } from './client-checks.ts';

const VIEW = { provider: 'turnstile', siteKey: 'site', scriptUrl: 'https://captcha.example/api.js' } as const;
const BEARER = { ip: '203.0.113.7', host: 'shop.example' };
const PASSED = { success: true, hostname: 'shop.example' };

function captchaWith(ask: (form: object) => Promise<unknown>, mayBeMissing = false) {
  const used = new Set<string>();
  const clock = { now: 0 };
  const outcomes: string[] = [];
  const captcha = createCaptcha({
    ...{ view: VIEW, mayBeMissing, secretKey: 'secret', ask },
    useOnce: async (id) => !used.has(id) && used.add(id) !== undefined,
    onChecked: (outcome) => outcomes.push(outcome),
    log: { warn: () => {}, error: () => {} },
    now: () => clock.now,
  });
  return { captcha, clock, outcomes };
}

test.each([
  ['its host', PASSED, 'passed'],
  ['its host in capitals', { ...PASSED, hostname: 'SHOP.example' }, 'passed'],
  ['another host', { ...PASSED, hostname: 'evil.example' }, 'failed'],
  ['no host', { success: true }, 'failed'],
  ['a refusal', { success: false, 'error-codes': ['invalid-input-response'] }, 'failed'],
  ['a token of another secret', { success: false, 'error-codes': ['sitekey-secret-mismatch'] }, 'failed'],
  ['a wrong secret', { success: false, 'error-codes': ['invalid-input-secret'] }, 'unreachable'],
  ['a fault of its own', { success: false, 'error-codes': ['internal-error'] }, 'unreachable'],
  ['something else', 'an error page', 'unreachable'],
])('a provider that answers with %s', async (_name, answer, outcome) => {
  const { captcha, outcomes } = captchaWith(async () => answer);
  expect(await captcha.check('token', BEARER)).toBe(outcome);
  expect(outcomes).toEqual([outcome]);
  expect(captcha.named()).toEqual(outcome === 'unreachable' ? undefined : VIEW);
});

test('a token that is sent 20 times at once passes once', async ({ task }) => {
  const { captcha } = captchaWith(async () => PASSED);
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => captcha.check('token', BEARER)));
  expect(outcomes.filter((outcome) => outcome === 'passed')).toHaveLength(1);
  addSecurityRow(task, { id: 'captcha', tried: 'one token, 20 times at the same time', result: 'passed once' });
});

test('a provider that failed is named again after 30 seconds', async () => {
  const { captcha, clock } = captchaWith(() => Promise.reject(new Error('timeout')));
  expect(await captcha.check('token', BEARER)).toBe('unreachable');
  clock.now = 29_999;
  expect(captcha.named()).toBeUndefined();
  clock.now = 30_000;
  expect(captcha.named()).toEqual(VIEW);
});

test('a flood of tokens fails and does not reach the provider, so that it can not switch the captcha off', async () => {
  const waiting: ((answer: unknown) => void)[] = [];
  const { captcha } = captchaWith(() => new Promise((resolve) => waiting.push(resolve)));
  const checks = Array.from({ length: 300 }, (_, index) => captcha.check(`token ${index}`, BEARER));
  await expect.poll(() => waiting.length).toBe(100);
  for (const answer of waiting) answer(PASSED);
  const outcomes = await Promise.all(checks);
  expect(outcomes.filter((outcome) => outcome === 'passed')).toHaveLength(100);
  expect(outcomes.filter((outcome) => outcome === 'failed')).toHaveLength(200);
  expect(captcha.named()).toEqual(VIEW);
});

test('a token without a page is not sent to the provider', async () => {
  const { captcha } = captchaWith(() => Promise.reject(new Error('asked')));
  expect(await captcha.check('token', { ...BEARER, host: undefined })).toBe('failed');
});

test('where the owner allows it, a missing token is made good by the proof of work, a wrong one is not', async () => {
  const proof = { token: 'solved', numbers: [1] };
  const challenges = {
    issue: (bound: string, tries: number) => ({ token: bound, tries, numbers: 1 }),
    accepts: async (_proof: object, bound: string) => bound.endsWith('captcha'),
  };
  const judge = (mayBeMissing: boolean, token?: string) => {
    const { captcha } = captchaWith(async () => ({ success: false }), mayBeMissing);
    const given = token === undefined ? proof : { ...proof, captcha: token };
    return createClientChecks(challenges, captcha).judge(given, 'messages', 1, BEARER);
  };
  expect(await judge(true)).toBe('solved');
  expect(await judge(false)).toBe('refused');
  expect(await judge(true, 'forged')).toBe('refused');
});
