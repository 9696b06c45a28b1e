import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRowTops } from './row-tops.ts';

const rowHeight = fc.integer({ min: 1, max: 200 });

test('tops are the sums of the heights before, also after rows were measured', () => {
  fc.assert(
    fc.property(
      fc.array(rowHeight, { maxLength: 60 }),
      fc.array(fc.tuple(fc.nat(80), rowHeight), { maxLength: 40 }),
      (first, measured) => {
        const heights = [...first];
        const tops = createRowTops(first);
        for (const [index, px] of measured) {
          tops.set(index, px);
          if (index < heights.length) heights[index] = px;
        }
        let sum = 0;
        for (const [index, px] of heights.entries()) {
          expect(tops.top(index)).toBe(sum);
          expect([tops.indexAt(sum), tops.indexAt(sum + px - 0.5)]).toEqual([index, index]);
          sum += px;
        }
        expect([tops.height(), tops.top(heights.length)]).toEqual([sum, sum]);
        expect([tops.indexAt(-5), tops.indexAt(sum + 5)]).toEqual([0, Math.max(0, heights.length - 1)]);
      },
    ),
  );
});
