import { expect, test } from 'vitest';
import { mentionedIn, splitNote } from './mentions.ts';

const ann = { id: 'a', name: 'Ann' };
const annLee = { id: 'b', name: 'Ann Lee' };
const agents = [ann, annLee];

test.each([
  ['@Ann Lee, please call.', [annLee]],
  ['Ask @Ann or @Ann Lee.', [ann, annLee]],
  ['Mail me@Ann.example', []],
  ['@Bob @ann @', []],
])('%s', (text, mentioned) => {
  expect(mentionedIn(text, agents)).toEqual(mentioned);
  expect(
    splitNote(text, agents)
      .map((part) => part.text)
      .join(''),
  ).toBe(text);
});
