import { startCaptchaProvider } from '@firstword/testing/captcha-provider';
import { startForwardProxy } from '@firstword/testing/forward-proxy';
import { expect, onTestFinished, test } from 'vitest';
import { createCaptchaProvider } from './ask-captcha-provider.ts';

const FORM = { secret: 'a secret', response: 'a token' };

test('sends the form, and gets what the provider says of it', async () => {
  const provider = await startCaptchaProvider();
  onTestFinished(provider.stop);
  const { ask, close } = createCaptchaProvider(provider.settings, undefined);
  onTestFinished(close);
  expect(await ask(FORM)).toEqual({ success: false, 'error-codes': ['invalid-input-secret'] });
  expect(provider.asked).toEqual([FORM]);
});

test.each(['silent', 'error'] as const)('rejects when the provider is %s', async (how) => {
  const provider = await startCaptchaProvider();
  onTestFinished(provider.stop);
  provider.answer(how);
  const { ask, close } = createCaptchaProvider(provider.settings, undefined, how === 'silent' ? 50 : undefined);
  onTestFinished(close);
  await expect(ask(FORM)).rejects.toThrow(how === 'silent' ? /timeout/i : 'The provider answered 503.');
});

test('a private address needs to be allowed', async () => {
  const provider = await startCaptchaProvider();
  onTestFinished(provider.stop);
  expect(() => createCaptchaProvider({ ...provider.settings, allowPrivate: false }, undefined)).toThrow('https://');
  const byName = { verifyUrl: 'https://localhost/siteverify', allowPrivate: false };
  const { ask, close } = createCaptchaProvider(byName, undefined);
  onTestFinished(close);
  await expect(ask(FORM)).rejects.toThrow('not a public internet address');
});

test('asks through the proxy of the environment', async () => {
  const proxy = await startForwardProxy(0, 502);
  onTestFinished(proxy.stop);
  const settings = { verifyUrl: 'https://captcha.example/siteverify', allowPrivate: false };
  const { ask, close } = createCaptchaProvider(settings, { https: proxy.url, http: undefined, bypass: undefined });
  onTestFinished(close);
  await expect(ask(FORM)).rejects.toThrow();
  expect(proxy.tunnels).toEqual(['captcha.example:443']);
});
