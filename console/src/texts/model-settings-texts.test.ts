import { expect, test } from 'vitest';
import { modelRefusal } from './model-settings-texts.ts';

test('refused settings of models are named as the page names them', () => {
  const phrase = { wording: 'is set by {0}. Change it there.', values: ['LLM_BASE_URL'] };
  const settingFaults = [
    { setting: 'baseUrl', code: 'against-rule', text: 'is set by LLM_BASE_URL. Change it there.', phrase },
    { setting: 'chains.fast', code: 'against-rule', text: 'the chain is empty. Add at least one model.' },
  ] as const;
  expect(modelRefusal({ message: 'Refused.', settingFaults: [...settingFaults] }).split('\n')).toEqual([
    expect.stringMatching(/^Address: is set by LLM_BASE_URL\./),
    expect.stringMatching(/^Models that answer: the chain is empty\./),
  ]);
});
