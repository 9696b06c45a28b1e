import { expect, test } from 'vitest';
import { loadExtraTexts } from '../extras/extra-texts.ts';
import { dismissText } from './dismiss-text.ts';

test.each(['ar', 'de', 'en', 'es', 'fr', 'he', 'it', 'ja', 'nl', 'pl', 'pt', 'tr', 'zh'])(
  'the button has the same label in %s as in the panel',
  async (locale) => {
    expect(dismissText(locale)).toBe((await loadExtraTexts(locale))?.dismiss);
  },
);
