import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';

const CHARACTERS = [
  'a',
  'é',
  'e\u0301',
  '日',
  '😀',
  '👍🏽',
  '👩‍💻',
  '👨‍👩‍👧‍👦',
  '❤️',
  'ก็',
  '\u{1F3F4}\u{E0067}\u{E0062}\u{E007F}',
];

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe.each([
  ['with Intl.Segmenter', true],
  ['without it', false],
])('%s', (_, segments) => {
  async function load() {
    vi.resetModules();
    if (!segments) vi.stubGlobal('Intl', { DateTimeFormat: Intl.DateTimeFormat });
    return import('./cut-text.ts');
  }

  test('a text is cut between characters, and no earlier than needed', async () => {
    const { cutText } = await load();
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...CHARACTERS), { maxLength: 40 }), fc.nat(60), (characters, spare) => {
        const max = spare + Math.max(...CHARACTERS.map(({ length }) => length));
        let expected = '';
        for (const character of characters) {
          if (expected.length + character.length > max) break;
          expected += character;
        }
        expect(cutText(characters.join(''), max)).toBe(expected);
      }),
    );
  });

  test('the first character is never split', async () => {
    const { firstCharacter } = await load();
    for (const character of CHARACTERS) expect(firstCharacter(`${character} Ann`)).toBe(character);
    expect(firstCharacter('')).toBe('');
  });

  test('a character that is longer than the limit leaves no half of a pair', async () => {
    const { cutText } = await load();
    for (let max = 0; max < 11; max += 1) {
      const cut = cutText(`👨‍👩‍👧‍👦${'x'.repeat(100)}`, max);
      expect(cut.length).toBeLessThanOrEqual(max);
      expect(cut).not.toMatch(/\p{Surrogate}/u);
    }
  });
});

test('only the beginning of a long text is looked at', async () => {
  vi.resetModules();
  const segment = vi.spyOn(Intl.Segmenter.prototype, 'segment');
  const { cutText } = await import('./cut-text.ts');
  cutText('😀'.repeat(1_000_000), 4000);
  expect(segment.mock.calls.map(([text]) => text.length)).toEqual([4064]);
});

test('a flag is not cut in half', async () => {
  vi.resetModules();
  const { cutText } = await import('./cut-text.ts');
  expect(cutText('🇩🇪🇫🇷🇯🇵', 6)).toBe('🇩🇪');
});
