import { expect, test } from 'vitest';
import { readFinishReason } from './finish-reason.ts';

test.each([
  [
    'complete',
    [
      'stop',
      'STOP',
      'end',
      'end_turn',
      'END-TURN',
      'eos',
      'COMPLETE',
      'completed',
      'FinishReason.STOP',
      'stop_sequence',
      'endTurn',
    ],
  ],
  ['shortened', ['length', 'max_tokens', 'MAX_TOKENS', 'max_length', 'model_length', 'Max Tokens', 'token_limit']],
  ['filtered', ['content_filter', 'SAFETY', 'sensitive', 'refusal', 'PROHIBITED_CONTENT', 'RECITATION']],
  ['tool-call', ['tool_calls', 'function_call', 'TOOL_USE']],
  ['failed', ['abort', 'error', 'incomplete', 'network_error', 'cancelled', 7]],
  [undefined, [null, undefined, '', 'null', 'None', false]],
])('%s is spelled in many ways', (reason, spellings) => {
  for (const spelling of spellings) expect(readFinishReason(spelling), `${spelling}`).toBe(reason);
});
