/** Says what the operator can do about a failed model call. Pure. */
import type { FailureCode } from './gateway-error.ts';

export interface AskedModel {
  readonly endpointId: string;
  readonly modelId: string;
  /** The endpoint's name of the model. */
  readonly upstreamName: string;
  /** The whole address of the chat call. */
  readonly address: string;
}

export function failureFix(code: FailureCode, { endpointId, modelId, upstreamName, address }: AskedModel): string {
  const { origin, hostname, protocol, pathname } = new URL(address);
  const { url, key } = settingsOf(endpointId);
  switch (code) {
    case 'unauthorized':
      return `Check ${key}: the endpoint refuses it, or it may not use "${upstreamName}".`;
    case 'no-credit':
      return `Add credit to the account of ${key} at ${hostname}, or raise its quota.`;
    case 'unknown-model':
      return isOfConsole(endpointId)
        ? `Replace "${upstreamName}" by the name of a model that ${hostname} has.`
        : `Set upstreamName of the model "${modelId}" under "models" to a name that ${hostname} has.`;
    case 'no-model':
      return /\/v\d/.test(pathname)
        ? `Check the path of ${url}: nothing answers at ${pathname}.`
        : `Check the path of ${url}: nothing answers at ${pathname}. Most endpoints need ${origin}/v1.`;
    case 'redirected':
      return `Set ${url} to the address to which ${origin} redirects${protocol === 'http:' ? ', usually the same with https://' : ''}.`;
    case 'dns-failed':
      return `Check ${url} for a typing error, and that the DNS of this server knows "${hostname}".`;
    case 'connect-failed':
      return `Check that the endpoint runs and that this server reaches ${origin}. In a container, localhost is the container itself.`;
    case 'proxy-failed':
      return `Check HTTPS_PROXY and HTTP_PROXY, or add ${hostname} to NO_PROXY.`;
    case 'tls-failed':
      return protocol === 'https:'
        ? `Check the certificate of ${hostname}. For a private authority set NODE_EXTRA_CA_CERTS; for a server without TLS begin ${url} with http://.`
        : `Check the TLS settings of ${hostname}.`;
    case 'bad-response':
      return `Check ${url}: what answers at ${address} is not a streaming chat API.`;
    case 'only-thinking':
    case 'thinking-too-long':
      return `"${upstreamName}" spends its tokens on thinking. Switch it off by "request" of the model "${modelId}" under "models", or use the model in the quality tier only.`;
    case 'rate-limited':
      return `Wait, or raise the rate limit of the account at ${hostname}.`;
    case 'headers-timeout':
    case 'first-token-timeout':
      return `Check that "${upstreamName}" is loaded and that ${hostname} is not overloaded, or put a faster model first.`;
    case 'breaker-open':
      return `Every model failed repeatedly. Look at the log of ${hostname}, or add a model at another endpoint.`;
    default:
      return `Look at the log of ${hostname}, or put another model before "${modelId}".`;
  }
}

/** The names of the settings that an endpoint comes from. */
function settingsOf(endpointId: string): { readonly url: string; readonly key: string } {
  if (isOfConsole(endpointId)) return { url: 'the base URL', key: 'the API key' };
  const region = /^region-(.+)$/.exec(endpointId)?.[1];
  return region === undefined
    ? { url: 'LLM_BASE_URL', key: 'LLM_API_KEY' }
    : { url: `endpoints.${region}.baseUrl`, key: `endpoints.${region}.apiKey` };
}

/** Endpoints that an administrator connects in the console are named by this and the version that brought them. */
export const CONSOLE_ENDPOINT = 'console-';
const isOfConsole = (endpointId: string) => endpointId.startsWith(CONSOLE_ENDPOINT);
