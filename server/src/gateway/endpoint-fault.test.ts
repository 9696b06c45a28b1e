import { expect, test } from 'vitest';
import { readEndpointFault } from './endpoint-fault.ts';
import { parseErrorBody } from './error-body.ts';

const faultOf = (status: number, body: string, waits?: boolean) =>
  readEndpointFault(status, parseErrorBody(body), waits);

const error = (message: string, more: object = {}) => JSON.stringify({ error: { message, ...more } });

test.each([
  [401, '', 'unauthorized'],
  [401, error('Incorrect API key provided'), 'unauthorized'],
  [403, '<html>Forbidden</html>', 'unauthorized'],
  [400, error('API key not valid. Please pass a valid API key.', { status: 'INVALID_ARGUMENT' }), 'unauthorized'],
  [400, `[${error('API key not valid. Please pass a valid API key.', { code: 400 })}]`, 'unauthorized'],
  [400, JSON.stringify({ error: 'Incorrect API key provided' }), 'unauthorized'],
  [402, error('Insufficient Balance'), 'no-credit'],
  [403, error('Sorry, your account balance is insufficient', { code: 'insufficient_balance' }), 'no-credit'],
  [400, error('Access denied, please make sure your account is in good standing.', { code: 'Arrearage' }), 'no-credit'],
  [429, error('You exceeded your current quota, please check your plan.', { code: 'insufficient_quota' }), 'no-credit'],
  [429, error('Your account is suspended', { type: 'exceeded_current_quota_error' }), 'no-credit'],
  [429, error('余额不足或无可用资源包,请充值。', { code: '1113' }), 'no-credit'],
  [429, error('Rate limit reached for requests', { code: 'rate_limit_exceeded' }), 'rate-limited'],
  [429, error('You exceeded your current quota. Please retry in 13.7s.'), 'rate-limited'],
  [404, error('The model `gpt-9` does not exist or you do not have access to it.'), 'unknown-model'],
  [404, error('model "llama9" not found, try pulling it first'), 'unknown-model'],
  [404, error('The API deployment for this resource does not exist.', { code: 'DeploymentNotFound' }), 'unknown-model'],
  [404, error('No endpoints found for acme/model.'), 'unknown-model'],
  [400, error('Model Not Exist', { type: 'invalid_request_error' }), 'unknown-model'],
  [400, error('acme/model is not a valid model ID', { code: 400 }), 'unknown-model'],
  [400, JSON.stringify({ object: 'error', message: 'Invalid model: acme' }), 'unknown-model'],
  [404, JSON.stringify({ detail: 'Not Found' }), 'no-model'],
  [404, '404 page not found', 'no-model'],
  [404, error('Resource not found', { code: '404' }), 'no-model'],
  [400, error("'messages' must contain the word 'json'"), 'bad-request'],
  [413, '', 'bad-request'],
  [307, '', 'redirected'],
  [500, error('The model `gpt-9` does not exist'), 'upstream-error'],
  [503, 'busy', 'upstream-error'],
])('status %i with %s is %s', (status, body, code) => {
  expect(faultOf(status, body)).toBe(code);
});

test('a quota error with a time to wait is a rate limit', () => {
  const body = error('You exceeded your current quota', { code: 'insufficient_quota' });
  expect(faultOf(429, body, true)).toBe('rate-limited');
});

test('what a visitor wrote is not read as an error of the model', () => {
  const body = JSON.stringify({
    error: { message: 'Bad request', param: 'The model does not exist' },
    input: 'Is my balance gone? insufficient_quota',
  });
  expect(faultOf(400, body)).toBe('bad-request');
});
