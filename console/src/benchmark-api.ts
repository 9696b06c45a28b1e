/** The REST client of benchmarks. */
import type { Benchmark, BenchmarkList, BenchmarkRequest } from '@firstword/shared/benchmark';
import type { Result } from './api-result.ts';
import type { Senders } from './knowledge-api.ts';

export interface BenchmarkApi {
  read(): Promise<Result<BenchmarkList>>;
  start(request: BenchmarkRequest): Promise<Result<Benchmark>>;
  stop(id: string): Promise<Result<Benchmark>>;
}

export function createBenchmarkApi({ send, sendWithRetries }: Senders): BenchmarkApi {
  const path = '/benchmarks';
  return {
    read: () => sendWithRetries('GET', path),
    // Not repeated: the second of two would be refused because of the first.
    start: (request) => send('POST', path, request),
    stop: (id) => send('POST', `${path}/${encodeURIComponent(id)}/stop`, {}),
  };
}
