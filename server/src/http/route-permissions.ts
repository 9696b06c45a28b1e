/** What each route requires. A route that is not listed here is not served: the start fails and names it. */
import { keysOf } from '@firstword/shared/keys-of';
import type { Permission } from '@firstword/shared/permissions';
import { bulkActionSchemas, ticketActionSchemas } from '@firstword/shared/ticket-requests';

/** `anyone` needs no session; `session` needs one, whatever its role. */
export type RoutePermission = 'anyone' | 'session' | Permission;

export const ROUTE_PERMISSIONS: Readonly<Record<string, RoutePermission>> = {
  'POST /first-run': 'anyone',
  'POST /first-run/link': 'anyone',
  'POST /session': 'anyone',
  'GET /sign-in-options': 'anyone',
  'GET /session': 'session',
  'DELETE /session': 'session',

  'GET /sessions': 'session',
  'DELETE /sessions/{id}': 'session',
  'POST /sessions/end-others': 'session',

  'POST /second-factor': 'session',
  'POST /second-factor/start': 'session',
  'POST /second-factor/remove': 'session',

  'GET /preferences': 'session',
  'POST /preferences': 'session',
  'GET /push-devices': 'session',
  'POST /push-devices': 'session',
  'POST /push-devices/{id}/test': 'session',
  'DELETE /push-devices/{id}': 'session',
  'POST /status': 'session',
  'GET /pictures': 'session',
  'POST /picture': 'session',
  'DELETE /picture': 'session',

  'GET /views': 'session',
  'GET /views/counts': 'session',
  'POST /views': 'session',
  'DELETE /views/{id}': 'session',

  'GET /agents': 'tickets:read',
  'GET /tickets': 'tickets:read',
  'GET /ticket-tags': 'tickets:read',
  'GET /tickets/{id}': 'tickets:read',
  'GET /tickets/{id}/calls': 'tickets:read',
  'POST /tickets/{id}/files': 'tickets:write',
  'DELETE /tickets/{id}/files': 'tickets:write',
  ...Object.fromEntries(
    keysOf(ticketActionSchemas).map((action) => [`POST /tickets/{id}/${action}`, 'tickets:write'] as const),
  ),

  ...Object.fromEntries(
    keysOf(bulkActionSchemas).map((action) => [`POST /tickets/${action}`, 'tickets:write'] as const),
  ),
  'GET /visitors/{id}/sessions': 'conversations:read',
  'DELETE /visitors/{id}/sessions': 'tickets:write',

  'POST /visitors/export': 'privacy:manage',
  'POST /visitors/erase': 'privacy:manage',

  'GET /conversations': 'conversations:read',
  'GET /conversations/{id}': 'conversations:read',
  'GET /conversations/{id}/calls': 'conversations:read',
  'POST /conversations/{id}/replay': 'conversations:replay',
  'GET /search': 'conversations:read',
  'GET /messages/search': 'conversations:read',

  'GET /reports/response-time': 'reports:read',
  'GET /reports/quality': 'reports:read',
  'GET /models': 'reports:read',
  'GET /verdicts': 'reports:read',
  'GET /reports/cost': 'costs:read',
  'GET /budgets': 'costs:read',
  'GET /alerts': 'costs:read',
  'POST /kill-switch': 'models:stop',

  'GET /knowledge': 'knowledge:manage',
  'GET /knowledge/article': 'knowledge:manage',
  'GET /knowledge/articles': 'knowledge:manage',
  'POST /knowledge/articles': 'knowledge:manage',
  'POST /knowledge/articles/remove': 'knowledge:manage',
  'POST /knowledge/articles/restore': 'knowledge:manage',
  'GET /knowledge/gaps': 'knowledge:manage',
  'DELETE /knowledge/gaps/{id}': 'knowledge:manage',
  'GET /knowledge/runs/{id}': 'knowledge:manage',
  'POST /knowledge/runs/{id}/stop': 'knowledge:manage',
  'GET /knowledge/search': 'knowledge:manage',
  'POST /knowledge/sources': 'knowledge:manage',
  'POST /knowledge/sources/{id}': 'knowledge:manage',
  'DELETE /knowledge/sources/{id}': 'knowledge:manage',
  'GET /knowledge/sources/{id}/diff': 'knowledge:manage',
  'POST /knowledge/sources/{id}/files': 'knowledge:manage',
  'DELETE /knowledge/sources/{id}/files': 'knowledge:manage',
  'POST /knowledge/sources/{id}/roll-back': 'knowledge:manage',
  'POST /knowledge/sources/{id}/run': 'knowledge:manage',
  'GET /knowledge/sources/{id}/runs': 'knowledge:manage',
  'GET /knowledge/sources/{id}/versions': 'knowledge:manage',

  'GET /knowledge/guidance': 'knowledge:manage',
  'POST /knowledge/guidance': 'knowledge:manage',
  'POST /knowledge/guidance/preview': 'knowledge:manage',
  'POST /knowledge/guidance/roll-back': 'knowledge:manage',
  'GET /knowledge/proposals': 'knowledge:manage',
  'POST /knowledge/proposals': 'knowledge:manage',
  'POST /knowledge/proposals/{id}/accept': 'knowledge:manage',
  'POST /knowledge/proposals/{id}/reject': 'knowledge:manage',
  'GET /evaluation-cases': 'knowledge:manage',
  'DELETE /evaluation-cases/{id}': 'knowledge:manage',
  'POST /evaluation-cases': 'tickets:write',
  'POST /evaluation-cases/new': 'knowledge:manage',
  'GET /evaluation-runs': 'knowledge:manage',
  'POST /evaluation-runs': 'knowledge:manage',
  'GET /evaluation-runs/{id}': 'knowledge:manage',
  'POST /evaluation-runs/{id}/stop': 'knowledge:manage',

  'GET /team': 'team:manage',
  'POST /team/invites': 'team:manage',
  'DELETE /team/invites/{id}': 'team:manage',
  'POST /team/{id}': 'team:manage',
  'POST /team/{id}/activate': 'team:manage',
  'POST /team/{id}/deactivate': 'team:manage',
  'POST /team/{id}/end-sessions': 'team:manage',
  'POST /team/{id}/remove-second-factor': 'team:manage',
  'POST /team/{id}/reset': 'team:manage',
  'GET /api-tokens': 'team:manage',
  'POST /api-tokens': 'team:manage',
  'DELETE /api-tokens/{id}': 'team:manage',

  'GET /drafts/{id}': 'tickets:write',
  'POST /drafts/{id}': 'tickets:write',
  'DELETE /drafts/{id}': 'tickets:write',

  'POST /writing-help/{id}': 'tickets:write',

  'GET /canned-replies': 'tickets:read',
  'POST /canned-replies': 'replies:manage',
  'POST /canned-replies/{id}': 'replies:manage',
  'DELETE /canned-replies/{id}': 'replies:manage',

  'GET /site-schema': 'installation:manage',
  'GET /sites': 'installation:manage',
  'POST /sites': 'installation:manage',
  'GET /sites/{id}': 'installation:manage',
  'POST /sites/{id}': 'installation:manage',
  'POST /sites/{id}/archive': 'installation:manage',
  'GET /sites/{id}/diff': 'installation:manage',
  'POST /sites/{id}/roll-back': 'installation:manage',
  'GET /model-settings': 'installation:manage',
  'POST /model-settings': 'installation:manage',
  'POST /model-settings/check': 'installation:manage',
  'GET /model-settings/diff': 'installation:manage',
  'POST /model-settings/roll-back': 'installation:manage',
  'GET /benchmarks': 'installation:manage',
  'POST /benchmarks': 'installation:manage',
  'GET /benchmarks/{id}': 'installation:manage',
  'POST /benchmarks/{id}/stop': 'installation:manage',
  'GET /audit': 'installation:manage',
  'GET /webhooks': 'installation:manage',
  'POST /webhooks': 'installation:manage',
  'POST /webhooks/{id}': 'installation:manage',
  'POST /webhooks/{id}/rotate-secret': 'installation:manage',
  'DELETE /webhooks/{id}': 'installation:manage',
  'POST /webhooks/{id}/test': 'installation:manage',
  'GET /webhooks/{id}/deliveries': 'installation:manage',
  'POST /webhook-deliveries/{id}/send': 'installation:manage',
  'GET /dead-letters': 'installation:manage',
  'GET /feed': 'installation:manage',
  'GET /feed/set-aside': 'installation:manage',
  'POST /feed/set-aside/{id}/redeliver': 'installation:manage',
  'DELETE /feed/set-aside/{id}': 'installation:manage',
};

/** @throws Error for a route that is not listed */
export function permissionOf({ method, path }: { readonly method: string; readonly path: string }): RoutePermission {
  const name = `${method.toUpperCase()} ${path}`;
  const permission = ROUTE_PERMISSIONS[name];
  if (permission === undefined)
    throw new Error(`The route "${name}" has no permission. Add it to http/route-permissions.ts.`);
  return permission;
}
