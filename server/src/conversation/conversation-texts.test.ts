import { expect, test } from 'vitest';
import { CONVERSATION_LANGUAGES } from './conversation-languages.ts';
import { conversationTexts, responderLabel } from './conversation-texts.ts';

test.each(CONVERSATION_LANGUAGES)('%s has every text, translated', (language) => {
  const { responders, ...texts } = conversationTexts(language);
  const all = [...Object.values(texts), ...Object.values(responders)];
  expect(all).toHaveLength(12);
  expect(all.filter((text) => text.trim().length < 2)).toEqual([]);
  if (language !== 'en') {
    const english = conversationTexts('en');
    expect(Object.keys(texts).filter((key) => Reflect.get(texts, key) === Reflect.get(english, key))).toEqual([]);
  }
});

test('a regional locale uses its language, an unknown one English', () => {
  expect(conversationTexts('pt-BR')).toBe(conversationTexts('pt'));
  expect(conversationTexts('ZH-Hant-TW')).toBe(conversationTexts('zh'));
  expect(conversationTexts('fi')).toBe(conversationTexts('en'));
  expect(conversationTexts(undefined)).toBe(conversationTexts('en'));
});

test('labels fit on the widget’s card', () => {
  for (const language of CONVERSATION_LANGUAGES)
    for (const responder of ['assistant', 'waiting-agent', 'agent', 'closed'] as const)
      expect(responderLabel(language, responder).length).toBeLessThanOrEqual(26);
});
