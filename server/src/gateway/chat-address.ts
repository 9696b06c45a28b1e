/** Works out which addresses of an OpenAI-compatible endpoint are asked, from the base URL in whatever form it is given. Pure. */

const CHAT_PATH = '/chat/completions';
const DEFAULT_PATH = '/v1';
/** Where a bare host is not followed by `/v1`. From the vendors' documentation of their OpenAI-compatible API. */
const PATH_OF_HOST: ReadonlyMap<string, string> = new Map([
  ['openrouter.ai', '/api/v1'],
  ['api.groq.com', '/openai/v1'],
  ['api.fireworks.ai', '/inference/v1'],
  ['api.deepinfra.com', '/v1/openai'],
  ['generativelanguage.googleapis.com', '/v1beta/openai'],
  ['dashscope.aliyuncs.com', '/compatible-mode/v1'],
  ['dashscope-intl.aliyuncs.com', '/compatible-mode/v1'],
  ['open.bigmodel.cn', '/api/paas/v4'],
  ['ark.cn-beijing.volces.com', '/api/v3'],
]);
const AZURE_HOST = /\.azure\.com$/i;
/** Azure's older form: the model is the deployment in the path, and the query names the API version. */
const AZURE_DEPLOYMENT = /\/openai\/deployments\/[^/]+$/;
/** Calls of other APIs, which are pasted as the base URL by mistake. */
const OTHER_CALL = /\/(?:completions|responses|models|embeddings|messages)$/;
const OLLAMA_API = /\/api(?:\/(?:chat|generate|tags))?$/;

/**
 * The base URL that is stored: with the API's path, without the chat call's path and without slashes at its end. A query
 * stays. The same for a base URL that has this form already.
 */
export function normaliseBaseUrl(given: string): string {
  const url = new URL(given);
  const path = withoutChatCall(url.pathname);
  return withPath(url, path === '' ? defaultPath(url.hostname) : path);
}

/** The address of the chat call. */
export function chatAddress(baseUrl: string): string {
  return below(baseUrl, CHAT_PATH);
}

/** The address that lists the endpoint's models; undefined where it lists something else, as Azure's older form does. */
export function modelsAddress(baseUrl: string): string | undefined {
  return isAzureDeployment(baseUrl) ? undefined : below(baseUrl, '/models');
}

/** Azure sends a key in `api-key`; a bearer token there is one of its own identity service. */
export function defaultKeyHeader(baseUrl: string): 'api-key' | 'authorization' {
  return AZURE_HOST.test(new URL(baseUrl).hostname) || isAzureDeployment(baseUrl) ? 'api-key' : 'authorization';
}

/** Why a valid URL can't be the base URL of the chat call. Continues the sentence that begins with the value. */
export function baseUrlFault(given: string): string | undefined {
  const url = new URL(given);
  const path = withoutChatCall(url.pathname);
  const other = OTHER_CALL.exec(path)?.[0];
  if (other !== undefined)
    return `ends with ${other}, which is another call. Use ${withPath(url, path.slice(0, -other.length) || DEFAULT_PATH)}`;
  if (OLLAMA_API.test(path) && url.port === '11434')
    return `is Ollama's own API, not its OpenAI-compatible one. Use ${withPath(url, DEFAULT_PATH)}`;
  if (path === '/openai' && AZURE_HOST.test(url.hostname))
    return `has no version. Use ${withPath(url, '/openai/v1')}, or /openai/deployments/NAME?api-version=VERSION`;
  if (AZURE_DEPLOYMENT.test(path) && !url.searchParams.has('api-version'))
    return `has no API version. Add ?api-version=2024-10-21, or use ${url.origin}/openai/v1, which needs none`;
  return undefined;
}

function isAzureDeployment(baseUrl: string): boolean {
  return AZURE_DEPLOYMENT.test(withoutChatCall(new URL(baseUrl).pathname));
}

function below(baseUrl: string, call: string): string {
  const url = new URL(normaliseBaseUrl(baseUrl));
  return withPath(url, `${url.pathname}${call}`);
}

function withoutChatCall(pathname: string): string {
  const path = pathname.replace(/\/+$/, '');
  return path.endsWith(CHAT_PATH) ? path.slice(0, -CHAT_PATH.length).replace(/\/+$/, '') : path;
}

function defaultPath(hostname: string): string {
  return PATH_OF_HOST.get(hostname) ?? (/\.openai\.azure\.com$/i.test(hostname) ? '/openai/v1' : DEFAULT_PATH);
}

function withPath({ origin, search }: URL, path: string): string {
  return `${origin}${path}${search}`;
}
