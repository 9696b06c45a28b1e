import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spokenSentences } from './spoken-sentences.ts';

/** Speaks a text that grows piece by piece, as the live region does. */
function speak(pieces: string[]): string[] {
  const sentences: string[] = [];
  let text = '';
  let upTo = 0;
  pieces.forEach((piece, index) => {
    text += piece;
    const spoken = spokenSentences(text, upTo, index === pieces.length - 1);
    sentences.push(...spoken.sentences);
    ({ upTo } = spoken);
  });
  return sentences;
}

test('a sentence is spoken once it is whole', () => {
  expect(spokenSentences('It costs 3.50 today. It is', 0, false).sentences).toEqual(['It costs 3.50 today.']);
  expect(spokenSentences('It is', 0, false).sentences).toEqual([]);
  expect(spokenSentences('It is', 0, true).sentences).toEqual(['It is']);
});

test('marks are not read out', () => {
  const text = '## Title\n- See **this** [page](https://shop.example/x).[1]\n';
  expect(spokenSentences(text, 0, true).sentences).toEqual(['Title', 'See this page.']);
});

test('the sentences do not depend on where the text is cut into pieces', () => {
  const text = 'One. Two costs 3.50! Three?\n\n- four\n- five';
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: text.length - 1 })), (cuts) => {
      const edges = [0, ...cuts.sort((a, b) => a - b), text.length];
      const pieces = edges.slice(1).map((edge, index) => text.slice(edges[index], edge));
      expect(speak(pieces)).toEqual(speak([text]));
    }),
  );
});
