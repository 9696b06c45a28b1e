/** `/sign-in`: sends browsers to the identity provider, and receives them when they come back. */
import { rolesAsText } from '@firstword/shared/permissions';
import { FAILURE_PARAMETER, type ProviderFailure } from '@firstword/shared/provider-failure';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { ApiTokens } from '../agents/api-tokens.ts';
import type { ProviderOutcome, ProviderSignIn } from '../agents/provider-sign-in.ts';
import type { HostCookie } from '../agents/session-cookie.ts';
import type { ClientAddressOf } from '../lib/client-address.ts';
import type { Log } from '../lib/log.ts';
import type { AuditEvent, AuditLog } from '../records/audit-log.ts';
import { tokensFollowed } from './audit-events.ts';

export interface ProviderSignInPages {
  readonly signIn: ProviderSignIn;
  /** `PUBLIC_URL`: all redirects but the one to the provider stay below it. */
  readonly publicUrl: string;
  readonly cookies: {
    readonly session: HostCookie;
    readonly device: HostCookie;
    readonly attempt: HostCookie;
  };
  readonly addressOf: ClientAddressOf;
  readonly auditLog: Pick<AuditLog, 'add'>;
  readonly apiTokens: Pick<ApiTokens, 'list'>;
  /** The provider's claim has changed what the agent may do. */
  readonly onAccessChange: (agentId: string) => void;
  readonly log: Log;
}

/** As the audit log has it. */
const BY_PROVIDER = { method: 'oidc' } as const;

export function createProviderSignInPages(parts: ProviderSignInPages): Router {
  const { signIn, publicUrl, cookies, addressOf, auditLog, log } = parts;
  const router = Router();

  const show = (response: Response, failure: ProviderFailure) =>
    response.redirect(303, `${publicUrl}/console?${FAILURE_PARAMETER}=${failure}`);
  const page = (handle: (request: Request, response: Response) => Promise<void>): RequestHandler => {
    return async (request, response) => {
      response.set('cache-control', 'no-store');
      try {
        await handle(request, response);
      } catch (error) {
        log.error({ path: request.path, reason: String(error) }, 'sign-in at the identity provider failed');
        show(response, 'unavailable');
      }
    };
  };
  const audit = async (request: Request, outcome: ProviderOutcome) => {
    const { ip, network } = addressOf(request);
    for (const event of eventsOf(outcome, network)) await auditLog.add({ ...event, address: ip });
    if (outcome.kind === 'refused' || outcome.formerRoles === undefined) return;
    const { id, roles } = outcome.signedIn.agent;
    for (const event of tokensFollowed(await parts.apiTokens.list(), { id, roles: outcome.formerRoles }, roles))
      await auditLog.add({ ...event, actor: { kind: 'system' }, address: ip });
  };

  router.get(
    '/start',
    page(async (request, response) => {
      const { page: wanted } = request.query;
      const begun = await signIn.begin(typeof wanted === 'string' ? wanted : undefined);
      if (begun === undefined) return show(response, 'provider-unavailable');
      response.append('set-cookie', cookies.attempt.set(begun.cookie, request.secure));
      response.redirect(303, begun.url);
    }),
  );
  router.get(
    '/callback',
    page(async (request, response) => {
      const outcome = await signIn.finish({
        query: request.url.slice(request.url.indexOf('?') + 1),
        cookie: cookies.attempt.read(request.headers.cookie, request.secure),
        address: addressOf(request).counted,
        userAgent: request.get('user-agent') ?? '',
      });
      await audit(request, outcome);
      if (outcome.kind === 'signed-in' && outcome.formerRoles !== undefined)
        parts.onAccessChange(outcome.signedIn.agent.id);
      response.append('set-cookie', cookies.attempt.clear(request.secure));
      if (outcome.kind === 'refused') return show(response, outcome.failure);
      const { token, device } = outcome.signedIn;
      response.append('set-cookie', cookies.session.set(token, request.secure));
      response.append('set-cookie', cookies.device.set(device, request.secure));
      response.redirect(303, `${publicUrl}${outcome.page}`);
    }),
  );
  return router;
}

function eventsOf(outcome: ProviderOutcome, network: string): Omit<AuditEvent, 'address'>[] {
  if (outcome.kind === 'refused') {
    const { failure, reason, email } = outcome;
    const actor = { kind: 'unknown', ...(email === undefined ? {} : { name: email }) } as const;
    if (failure === 'rate-limited')
      return [{ action: 'sign-in-locked', actor, after: BY_PROVIDER, oncePerHour: `sign-in-locked oidc ${network}` }];
    return [{ action: 'sign-in-refused', actor, after: { ...BY_PROVIDER, failure, reason } }];
  }
  const { id, name, email, roles } = outcome.signedIn.agent;
  const actor = { kind: 'agent', id, name } as const;
  const target = { kind: 'agent', id, name };
  const { changed, formerRoles } = outcome;
  return [
    ...(changed === 'created'
      ? [
          {
            action: 'account-created',
            actor,
            target,
            after: { ...BY_PROVIDER, email, roles: rolesAsText(roles) },
          } as const,
        ]
      : []),
    ...(changed === 'linked' ? [{ action: 'provider-linked', actor, target, after: BY_PROVIDER } as const] : []),
    ...(formerRoles === undefined
      ? []
      : [
          {
            action: 'role-changed',
            actor: { kind: 'system' },
            target,
            before: { roles: rolesAsText(formerRoles) },
            after: { ...BY_PROVIDER, roles: rolesAsText(roles) },
          } as const,
        ]),
    { action: 'signed-in', actor, after: BY_PROVIDER },
  ];
}
