/** Every `code` of a `turn-end`, with its cause and its remedy. Part of the error catalogue. */
import type { UnseenBreak } from '../../conversation/live-turns.ts';
import type { TurnEndCode } from '../../conversation/turn-end-code.ts';
import type { ErrorEntries } from './error-catalogue.ts';

const ENDPOINT_DOWN = 'Retry the turn. Operators: check that `LLM_BASE_URL` is reachable from the server.';
const ENDPOINT_FAULT = 'Retry the turn. If it keeps happening, check the endpoint’s log, or put another model first.';
const SLOW_MODEL =
  'Retry the turn. If it keeps happening, put a faster model first in `tiers`; `npm run bench:models` measures them.';

/** A turn without viewers ends before any client receives it. */
export const turnEndErrors: ErrorEntries<Exclude<TurnEndCode, UnseenBreak>> = {
  superseded: { cause: 'The visitor sent another message.', remedy: 'None: the new message gets its own answer.' },
  muted: { cause: 'An agent took over the conversation.', remedy: 'None: the agent answers.' },
  unwatched: {
    cause: 'No page of the visitor was connected any more.',
    remedy: 'None. The visitor can ask again after returning.',
  },
  shutdown: { cause: 'The process shut down before the answer was complete.', remedy: 'Retry the turn.' },
  filtered: {
    cause: 'The endpoint’s content filter withheld the answer (`finish_reason: content_filter`).',
    remedy: 'Rephrase the question, or ask for an agent.',
  },
  unavailable: {
    cause: 'An unexpected error, or an answer that could not be stored.',
    remedy: 'Retry the turn. Operators: the log has the error with its `turnId`.',
  },
  'no-allowed-region': {
    cause: 'No endpoint is in a region that the site allows, so no model was asked.',
    remedy: 'Add an endpoint in one of the regions of `sites[].allowedRegions` under `endpoints`.',
  },
  'no-endpoint': {
    cause: 'No model endpoint is connected.',
    remedy: 'Operators: connect one on the console’s page Models, or set `LLM_BASE_URL`.',
  },
  'connect-failed': {
    cause: 'No connection to the endpoint: refused or unreachable.',
    remedy: ENDPOINT_DOWN,
  },
  'dns-failed': {
    cause: 'The host name of the endpoint does not resolve.',
    remedy: 'Check `LLM_BASE_URL` for a typing error, and that the server’s DNS knows the name.',
  },
  'proxy-failed': {
    cause: 'The proxy of `HTTPS_PROXY` or `HTTP_PROXY` refused the connection to the endpoint.',
    remedy: 'Check the proxy’s user and password, and that it allows the host; or add the host to `NO_PROXY`.',
  },
  'tls-failed': {
    cause: 'The endpoint’s certificate is not valid, or the TLS handshake failed.',
    remedy: 'Renew the certificate. For a private authority set `NODE_EXTRA_CA_CERTS`.',
  },
  unauthorized: {
    cause: 'The endpoint refused the key (401 or 403).',
    remedy: 'Check `LLM_API_KEY`, and `endpoints.<region>.apiKey` where a region has its own endpoint.',
  },
  'no-credit': {
    cause: 'The account at the endpoint has no credit or no quota left (402, or an error that says so).',
    remedy: 'Add credit to the account, or raise its quota.',
  },
  'rate-limited': {
    cause: 'The endpoint refused the call (429) on every model that was tried.',
    remedy: 'Wait, raise the endpoint’s quota, or lower `limits.runningTurns`.',
  },
  'bad-request': {
    cause: 'The endpoint refused the request (400 or another 4xx).',
    remedy: 'Check that the model accepts chat completions with `stream: true`, and the values under `tiers`.',
  },
  'field-refused': {
    cause: 'The endpoint refused an optional field, also when it was left out.',
    remedy: 'Use an endpoint that accepts the fields in [protocol.md](protocol.md#towards-the-endpoint).',
  },
  'unknown-model': {
    cause: 'The endpoint does not know the model.',
    remedy: 'Set `models[].upstreamName` to a name that `GET …/models` of the endpoint lists.',
  },
  'no-model': {
    cause: 'The endpoint does not know the path (404).',
    remedy: 'Check that `LLM_BASE_URL` ends with the version part, such as `/v1`.',
  },
  redirected: {
    cause: 'The endpoint answered with a redirect (3xx). Redirects are never followed.',
    remedy: 'Set `LLM_BASE_URL` to the final address.',
  },
  'upstream-error': {
    cause: 'The endpoint failed (5xx), or sent an error inside the stream.',
    remedy: ENDPOINT_FAULT,
  },
  'bad-response': {
    cause: 'The response is not an event stream.',
    remedy: 'Check `LLM_BASE_URL`: an address of a web page or a proxy’s error page does this.',
  },
  'only-thinking': {
    cause: 'The model used all its tokens for thinking, so no answer was left.',
    remedy:
      'Switch thinking off with `models[].request`, or give it room with `models[].thinkingTokens`. `npm run doctor` shows what the model does.',
  },
  'thinking-too-long': {
    cause: 'The model thinks beyond its token limit, which the endpoint does not apply to thinking.',
    remedy: 'Switch thinking off with `models[].request`, or put another model first.',
  },
  'empty-response': { cause: 'The answer has no text.', remedy: ENDPOINT_FAULT },
  malformed: { cause: 'A chunk of the stream is not what the format requires.', remedy: ENDPOINT_FAULT },
  'too-large': { cause: 'An event or the whole answer exceeds its limit.', remedy: ENDPOINT_FAULT },
  'prompt-filtered': {
    cause: 'The endpoint’s content filter refused the prompt. The visitor sees the same as with `filtered`.',
    remedy: 'Rephrase the question, or ask for an agent.',
  },
  'context-too-long': {
    cause: 'The prompt does not fit into the model’s context, not even without the history.',
    remedy: 'Use a model with a longer context, or serve this one with a longer one (`num_ctx`, `--max-model-len`).',
  },
  'tool-call': {
    cause: 'The model called a tool, although none was offered.',
    remedy: 'Use a model without built-in tools, or switch them off at the endpoint.',
  },
  'headers-timeout': { cause: 'The endpoint sent no response headers in time.', remedy: SLOW_MODEL },
  'first-token-timeout': { cause: 'The model sent no text in time.', remedy: SLOW_MODEL },
  stalled: { cause: 'The model stopped sending in the middle of the answer.', remedy: ENDPOINT_FAULT },
  'cut-off': {
    cause: 'The stream ended without a `finish_reason`, so the answer may be incomplete.',
    remedy: ENDPOINT_FAULT,
  },
  'breaker-open': {
    cause: 'Every model of the tier failed repeatedly, so its circuit breaker is open.',
    remedy: 'Wait: a probe closes the breaker when the model works again. The log names the failures.',
  },
  closing: { cause: 'The process was shutting down when the model was to be asked.', remedy: 'Retry the turn.' },
};
