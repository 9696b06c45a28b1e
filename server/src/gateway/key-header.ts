/** The header in which an endpoint expects its key. */
import type { Endpoint } from '../routing/route.ts';
import { defaultKeyHeader } from './chat-address.ts';

export function keyHeader({ apiKey, apiKeyHeader, baseUrl }: Endpoint): Readonly<Record<string, string>> {
  if (apiKey === undefined) return {};
  const name = apiKeyHeader ?? defaultKeyHeader(baseUrl);
  return { [name]: name === 'authorization' ? `Bearer ${apiKey}` : apiKey };
}
