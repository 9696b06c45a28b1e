/** What each role may do. A role does nothing that is not listed here. */

export const AGENT_ROLES = ['admin', 'agent', 'viewer', 'billing'] as const;
export type AgentRole = (typeof AGENT_ROLES)[number];

/** `viewer` reads; `billing` sees what model calls cost. `installation:manage` also needs access to all sites. */
const ROLES_WITH = {
  'tickets:read': ['admin', 'agent', 'viewer'],
  'tickets:write': ['admin', 'agent'],
  'conversations:read': ['admin', 'agent', 'viewer'],
  'reports:read': ['admin', 'agent', 'viewer'],
  'costs:read': ['admin', 'agent', 'viewer', 'billing'],
  'knowledge:manage': ['admin'],
  'replies:manage': ['admin'],
  'privacy:manage': ['admin'],
  'models:stop': ['admin'],
  'team:manage': ['admin'],
  'installation:manage': ['admin'],
} as const satisfies Record<string, readonly AgentRole[]>;
export type Permission = keyof typeof ROLES_WITH;

/** Scopes of API tokens. `models` is only for the model API; the others are for the REST API. */
export const API_SCOPES = ['read', 'write', 'models'] as const;

const SCOPES_WITH: Readonly<Record<Exclude<(typeof API_SCOPES)[number], 'models'>, readonly Permission[]>> = {
  read: ['tickets:read', 'conversations:read', 'reports:read', 'costs:read'],
  write: ['tickets:read', 'tickets:write', 'conversations:read', 'reports:read', 'costs:read', 'privacy:manage'],
};
/** Whether any token may have it. */
export const isForTokens = (permission: Permission): boolean => SCOPES_WITH.write.includes(permission);
export const scopeGrants = (scope: keyof typeof SCOPES_WITH, permission: Permission): boolean =>
  SCOPES_WITH[scope].includes(permission);

/** An agent's role, and the sites where it applies; all when `sites` is absent. */
export interface Access {
  readonly role: AgentRole;
  readonly sites?: readonly string[];
}

export function may({ role, sites }: Access, permission: Permission): boolean {
  if (permission === 'installation:manage' && sites !== undefined) return false;
  const roles: readonly AgentRole[] = ROLES_WITH[permission];
  return roles.includes(role);
}

export function hasSite({ sites }: Pick<Access, 'sites'>, siteId: string | undefined): boolean {
  return sites === undefined || (siteId !== undefined && sites.includes(siteId));
}

/** Whether everything that `inner` may do on a site, `outer` may manage: an admin of some sites grants no others. */
export function covers(outer: Pick<Access, 'sites'>, inner: Pick<Access, 'sites'>): boolean {
  if (outer.sites === undefined) return true;
  return inner.sites?.every((site) => hasSite(outer, site)) ?? false;
}
