import { expect, test } from 'vitest';
import { createSealedText } from './sealed-text.ts';

test('a sealed text opens with the same secret and purpose only, and never when it was changed', () => {
  const texts = createSealedText('a secret', 'webhooks');
  const sealed = texts.seal('whsec_ä');
  expect(texts.open(sealed)).toBe('whsec_ä');
  expect(sealed).not.toBe(texts.seal('whsec_ä'));
  expect(() => createSealedText('another secret', 'webhooks').open(sealed)).toThrow();
  expect(() => createSealedText('a secret', 'sessions').open(sealed)).toThrow();
  const changed = sealed.startsWith('A') ? `B${sealed.slice(1)}` : `A${sealed.slice(1)}`;
  expect(() => texts.open(changed)).toThrow();
});
