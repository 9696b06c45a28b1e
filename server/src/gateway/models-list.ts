/** Asks an endpoint which models it has, and finds out where its API is when the configured path is wrong. */
import { z } from 'zod';
import { parseJson } from '../lib/parse-json.ts';
import type { Endpoint } from '../routing/route.ts';
import { modelsAddress, normaliseBaseUrl } from './chat-address.ts';
import type { EndpointPools } from './endpoint-pools.ts';
import { keyHeader } from './key-header.ts';

const listSchema = z.object({ data: z.array(z.object({ id: z.string() })) });
/** Paths of the APIs of common servers and gateways. */
const OTHER_PATHS = ['/v1', '/api/v1', '/openai/v1', '/v1beta/openai', '/api'] as const;
const ASK_MS = 5_000;
/** A list of every model of a large vendor. */
const LIST_CHARS = 4 * 1024 * 1024;

/** The names of the endpoint's models; undefined when it gives no list. Never rejects. */
export async function listModels(pools: EndpointPools, endpoint: Endpoint): Promise<readonly string[] | undefined> {
  const address = modelsAddress(endpoint.baseUrl);
  return address === undefined ? undefined : (await readList(pools, endpoint, address))?.names;
}

/** The base URL of the same host where an API answers; undefined when there is none or it is the configured one. */
export async function findBaseUrl(pools: EndpointPools, endpoint: Endpoint): Promise<string | undefined> {
  const { origin, search } = new URL(endpoint.baseUrl);
  const configured = normaliseBaseUrl(endpoint.baseUrl);
  for (const path of OTHER_PATHS) {
    const baseUrl = `${origin}${path}${search}`;
    if (baseUrl !== configured && (await readList(pools, endpoint, `${origin}${path}/models${search}`)) !== undefined)
      return baseUrl;
  }
  return undefined;
}

/** Undefined where no list of models answers. A refused key is a sign of an API, too: then the names are unknown. */
async function readList(
  pools: EndpointPools,
  endpoint: Endpoint,
  address: string,
): Promise<{ readonly names?: readonly string[] } | undefined> {
  const { pathname, search } = new URL(address);
  try {
    const response = await pools.of(endpoint).pool.request({
      method: 'GET',
      path: `${pathname}${search}`,
      headers: { accept: 'application/json', 'accept-encoding': 'identity', ...keyHeader(endpoint) },
      signal: AbortSignal.timeout(ASK_MS),
    });
    const text = await response.body.text();
    const json = text.length > LIST_CHARS ? undefined : parseJson(text);
    if (response.statusCode === 401 && json !== undefined) return {};
    const list = listSchema.safeParse(json);
    return response.statusCode === 200 && list.success ? { names: list.data.data.map(({ id }) => id) } : undefined;
  } catch {
    return undefined; // the chat call reports why
  }
}
