import { expect, test } from 'vitest';
import { parseErrorBody, readRefusal } from './error-body.ts';

const SENT = ['max_tokens', 'stream_options', 'temperature', 'enable_thinking', 'chat_template_kwargs'];
const refusalOf = (error: unknown) =>
  readRefusal(parseErrorBody(typeof error === 'string' ? error : JSON.stringify(error)), SENT);

test.each([
  [
    'max_tokens',
    {
      error: {
        message:
          "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        param: 'max_tokens',
        code: 'unsupported_parameter',
      },
    },
  ],
  [
    'temperature',
    {
      error: {
        message:
          "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.",
      },
    },
  ],
  [
    'temperature',
    { error: { message: 'invalid temperature: only 1 is allowed for this model', type: 'invalid_request_error' } },
  ],
  [
    'stream_options',
    {
      detail: [
        {
          type: 'extra_forbidden',
          loc: ['body', 'stream_options'],
          msg: 'Extra inputs are not permitted',
          input: { include_usage: true },
        },
      ],
    },
  ],
  ['stream_options', { object: 'error', message: { detail: [{ loc: ['body', 'stream_options'] }] } }],
  ['enable_thinking', { error: { message: 'Unrecognized request argument supplied: enable_thinking' } }],
  ['chat_template_kwargs', { error: { message: 'chat_template_kwargs: Extra inputs are not permitted' } }],
  [
    'temperature',
    {
      error: {
        message: "litellm.UnsupportedParamsError: o3 does not support parameters: ['temperature']",
        type: 'None',
        code: '500',
      },
    },
  ],
  ['temperature', 'temperature is not supported'],
])('%s is refused by %j', (field, error) => {
  expect(refusalOf(error)).toEqual({ reason: 'field-refused', field });
});

test.each([
  ['prompt-filtered', { error: { message: 'The prompt was filtered.', param: 'prompt', code: 'content_filter' } }],
  ['prompt-filtered', { error: { message: 'blocked', innererror: { code: 'ResponsibleAIPolicyViolation' } } }],
  [
    'prompt-filtered',
    { error: { code: 'data_inspection_failed', message: 'Input data may contain inappropriate content.' } },
  ],
  [
    'context-too-long',
    {
      error: {
        message:
          "'max_tokens' or 'max_completion_tokens' is too large: 200. The context holds 2048 tokens and the request has 1990.",
      },
    },
  ],
  [
    'context-too-long',
    { error: { message: "This model's maximum context length is 4096 tokens.", code: 'context_length_exceeded' } },
  ],
  [
    'context-too-long',
    { error: { message: 'the request exceeds the available context size (2048), try increasing it' } },
  ],
  [
    'context-too-long',
    { object: 'error', message: 'The prompt (total length 5000) is too long to fit into the model' },
  ],
  ['system-refused', { object: 'error', message: 'System role not supported' }],
  ['system-refused', { error: { message: "messages[0].role does not support 'system' with this model." } }],
  ['system-refused', { message: 'Conversation roles must alternate user/assistant/user/assistant/...' }],
  ['system-refused', { error: { message: 'Developer instruction is not enabled for models/gemma-3' } }],
  ['other', { error: { message: 'Model Not Exist', code: 'invalid_request_error' } }],
  [
    'other',
    { detail: [{ loc: ['body', 'messages'], msg: 'Field required', input: { max_tokens: 200, temperature: 0.2 } }] },
  ],
  ['other', ''],
  ['other', '<html>nginx</html>'],
])('%s: %j', (reason, error) => {
  expect(refusalOf(error)).toEqual({ reason });
});

test('the label for the log holds no text of the endpoint', () => {
  const body = JSON.stringify({ error: { message: 'Incorrect API key provided: sk-abc', code: 'invalid_api_key' } });
  expect(parseErrorBody(body).label).toBe('invalid_api_key');
});
