import { expect, test } from 'vitest';
import { caseNoteText } from './analysis-texts.ts';

test('the note of a test case names its verdict and its reason, and keeps what the agent wrote', () => {
  expect(caseNoteText('rejected: wrong-facts: It says: 30 days')).toBe('Rejected: Wrong facts: It says: 30 days');
  expect(caseNoteText('edited')).toBe('Edited and sent');
  expect(caseNoteText('our own case')).toBe('our own case');
});
