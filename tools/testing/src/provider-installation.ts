/** A web process and an OpenID Connect provider at which its agents sign in. */
import { defaultConfig } from '@firstword/server/config/config';
import { createMemoryRecords } from '@firstword/server/records/memory-records';
import { freePort } from './free-port.ts';
import { type OidcServer, startOidcServer } from './oidc-server.ts';
import { startTestServer, type TestServer, type TestSettings } from './test-server.ts';

type SignIn = ReturnType<typeof defaultConfig>['signIn'];
/** Changes of the defaults. */
export type SignInChanges = Partial<Omit<SignIn, 'oidc'>> & { readonly oidc?: Partial<SignIn['oidc']> };

export interface ProviderInstallation {
  /** `PUBLIC_URL` */
  readonly url: string;
  readonly web: TestServer;
  readonly oidc: OidcServer;
  /** Starts the web process again, with other settings. */
  restart(settings: TestSettings): Promise<TestServer>;
  stop(): Promise<void>;
}

/** @param path below which it is served, such as `/support` */
export async function startProviderInstallation(
  { oidc: oidcChanges, ...changes }: SignInChanges,
  settings: Parameters<typeof startTestServer>[0] = {},
  path = '',
): Promise<ProviderInstallation> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}${path}`;
  const oidc = await startOidcServer(`${url}/sign-in/callback`);
  const { signIn } = defaultConfig();
  const start = (more: TestSettings = {}) =>
    startTestServer({
      ...{ port, publicUrl: url, oidc: oidc.client, redisPrefix: `oidc-${port}`, records },
      signIn: { ...signIn, ...changes, oidc: { ...signIn.oidc, ...oidcChanges } },
      ...settings,
      ...more,
    });
  const records = createMemoryRecords();
  let web = await start();
  return {
    ...{ url, oidc, web },
    async restart(more) {
      await web.stop();
      web = await start(more);
      return web;
    },
    async stop() {
      await web.stop();
      await oidc.stop();
    },
  };
}
