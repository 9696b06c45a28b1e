/** A real OpenID Connect provider on a free port, with people who sign in by their login alone. */
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import express from 'express';
import { decodeJwt, exportJWK, type JWTPayload, SignJWT } from 'jose';
import Provider from 'oidc-provider';
import { listenLocally } from './listen-locally.ts';
import { createOidcRecords } from './oidc-records.ts';

export interface OidcPerson {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
  readonly groups?: readonly string[];
}

export interface OidcServer {
  readonly client: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string };
  /** By login. */
  readonly people: Map<string, OidcPerson>;
  /** Changes the claims of each ID token before it is signed, as a provider that lies would. */
  alter: (claims: JWTPayload) => JWTPayload;
  /** The key with which ID tokens are signed: the published one, or another. */
  signWith: 'published' | 'foreign';
  /** Answers nothing but errors. */
  away: boolean;
  /** Requests for tokens so far. */
  readonly tokenRequests: () => number;
  stop(): Promise<void>;
}

const CLIENT = { clientId: 'firstword', clientSecret: 'a secret of this test, with / and +' };
const ALG = 'ES256';
const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

export async function startOidcServer(redirectUri: string): Promise<OidcServer> {
  const app = express();
  const http = createServer(app);
  const issuer = `http://127.0.0.1:${await listenLocally(http)}`;
  const people = new Map<string, OidcPerson>();
  const keys = { published: newKey(), foreign: newKey() };
  let tokenRequests = 0;

  const provider = new Provider(issuer, {
    adapter: createOidcRecords(),
    clients: [{ client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret, redirect_uris: [redirectUri] }],
    clientDefaults: { id_token_signed_response_alg: ALG },
    jwks: { keys: [{ ...(await exportJWK(keys.published)), kid: 'published', use: 'sig', alg: ALG }] },
    cookies: { keys: ['a key of this test'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ ...[...people.values()].find((person) => person.sub === sub), sub }),
    }),
    // Everyone has agreed already.
    async loadExistingGrant({ oidc }) {
      const grant = new provider.Grant({ clientId: CLIENT.clientId, accountId: oidc.session?.accountId ?? '' });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  });
  const server: OidcServer = {
    client: { issuer, ...CLIENT },
    people,
    alter: (claims) => claims,
    signWith: 'published',
    away: false,
    tokenRequests: () => tokenRequests,
    async stop() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  provider.use(async (context, next) => {
    await next();
    if (context.path !== '/token') return;
    tokenRequests += 1;
    const { body } = context;
    if (typeof body !== 'object' || body === null || !('id_token' in body)) return;
    const claims = server.alter(decodeJwt(String(body.id_token)));
    const signed = new SignJWT(claims).setProtectedHeader({ alg: ALG, kid: 'published' });
    context.body = { ...body, id_token: await signed.sign(keys[server.signWith]) };
  });
  app.use((_request, response, next) => {
    if (server.away) response.status(503).end();
    else next();
  });
  app.get('/interaction/:uid', (_request, response) => {
    response.type('html').send(
      `<title>Sign in</title><form method="post"><label>Login <input name="login"></label>
       <button>Continue</button> <button name="cancel" value="yes">Cancel</button></form>`,
    );
  });
  app.post('/interaction/:uid', express.urlencoded(), async (request, response) => {
    const { login = '', cancel } = request.body ?? {};
    const person = people.get(String(login));
    const result =
      cancel === undefined && person !== undefined
        ? { login: { accountId: person.sub } }
        : { error: 'access_denied', error_description: 'The person has cancelled.' };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  });
  app.use(provider.callback());
  return server;
}
