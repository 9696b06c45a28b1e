/** The product behind a reverse proxy, which is its public address. */
import { freePort } from '@firstword/testing/free-port';
import { startProduct } from '@firstword/testing/npm-start';
import type { HttpProxy } from './hanging-proxy.ts';

export interface ProxiedProduct {
  readonly proxy: HttpProxy;
  /** The printed link with which the first agent sets a password. */
  readonly firstRunLink: string;
  stop(): Promise<void>;
}

/** @param startProxy for the product's port */
export async function startProxiedProduct(startProxy: (port: number) => Promise<HttpProxy>): Promise<ProxiedProduct> {
  const port = await freePort();
  const proxy = await startProxy(port);
  const product = await startProduct({ DEMO_PACE: 'instant', PORT: String(port), PUBLIC_URL: proxy.url });
  return {
    proxy,
    firstRunLink: /\S+first-run#token=\S+/.exec(product.output())?.[0] ?? '',
    async stop() {
      await proxy.stop();
      await product.stop();
    },
  };
}
