/** What each role may do, and where an agent has which. A role does nothing that is not listed here. */

/** Each may do what the next one may. */
export const AGENT_ROLES = ['admin', 'agent', 'viewer', 'billing'] as const;
export type AgentRole = (typeof AGENT_ROLES)[number];

/** `viewer` reads; `billing` sees what model calls cost. */
const SITE_ROLES_WITH = {
  'tickets:read': ['admin', 'agent', 'viewer'],
  'tickets:write': ['admin', 'agent'],
  'conversations:read': ['admin', 'agent', 'viewer'],
  'conversations:replay': ['admin', 'agent'],
  'reports:read': ['admin', 'agent', 'viewer'],
  'costs:read': ['admin', 'agent', 'viewer', 'billing'],
  'knowledge:manage': ['admin'],
  'replies:manage': ['admin'],
  'privacy:manage': ['admin'],
  'models:stop': ['admin'],
  'team:manage': ['admin'],
} as const satisfies Record<string, readonly AgentRole[]>;
/** What a role allows on a site. */
export type SitePermission = keyof typeof SITE_ROLES_WITH;
/** `installation:manage` is not about a site: only administrators of all sites have it. */
export type Permission = SitePermission | 'installation:manage';

/** Scopes of API tokens. `models` is only for the model API; the others are for the REST API. */
export const API_SCOPES = ['read', 'write', 'models'] as const;

const SCOPES_WITH: Readonly<Record<(typeof API_SCOPES)[number], readonly SitePermission[]>> = {
  read: ['tickets:read', 'conversations:read', 'reports:read', 'costs:read'],
  write: ['tickets:read', 'tickets:write', 'conversations:read', 'reports:read', 'costs:read', 'privacy:manage'],
  // The model API spends the owner's money, and the console has nothing like it: who gives access to it decides.
  models: ['team:manage'],
};
/** What an agent has to be allowed so that a token of this scope, which that agent made, works in full. */
export const permissionsOfScope = (scope: keyof typeof SCOPES_WITH): readonly SitePermission[] => SCOPES_WITH[scope];
/** Whether a token for the REST API may have it. */
export const isForTokens = (permission: Permission): permission is SitePermission => scopeGrants('write', permission);
export const scopeGrants = (scope: 'read' | 'write', permission: Permission): boolean =>
  SCOPES_WITH[scope].some((granted) => granted === permission);

/** In place of a site's id: all sites, also those that are added later. */
export const ALL_SITES = '*';

/** A role for each site. The role of a site outranks the one of `ALL_SITES`; on other sites there is none. */
export type SiteRoles = Readonly<Record<string, AgentRole>>;
export interface Access {
  readonly roles: SiteRoles;
}

/** One role on these sites; on all of them without a list. */
export function rolesOn(role: AgentRole, sites: readonly string[] = [ALL_SITES]): Record<string, AgentRole> {
  return Object.fromEntries(sites.map((site) => [site, role]));
}

/** This one role wherever there is one now; on all sites without any. */
export function roleInAll(role: AgentRole, roles: SiteRoles = { [ALL_SITES]: role }): Record<string, AgentRole> {
  return Object.hasOwn(roles, ALL_SITES) ? rolesOn(role) : rolesOn(role, Object.keys(roles));
}

/** Why these roles can't be had together; undefined when they can. An administrator of all sites is one on each. */
export function whyNotTogether(roles: SiteRoles): string | undefined {
  if (Object.keys(roles).length === 0) return 'must name a site, or * for all sites';
  return roles[ALL_SITES] === 'admin' && Object.keys(roles).length > 1
    ? 'name single sites beside "*": "admin". An administrator of all sites has no other role'
    : undefined;
}

/** @param siteId undefined where the site is not known */
export function roleAt({ roles }: Access, siteId: string | undefined): AgentRole | undefined {
  // A site may have the id "constructor".
  return siteId !== undefined && Object.hasOwn(roles, siteId) ? roles[siteId] : roles[ALL_SITES];
}

const grants = (role: AgentRole | undefined, permission: SitePermission): boolean => {
  const roles: readonly AgentRole[] = SITE_ROLES_WITH[permission];
  return role !== undefined && roles.includes(role);
};

export function may(access: Access, permission: SitePermission, siteId: string | undefined): boolean {
  return grants(roleAt(access, siteId), permission);
}

/** Whether it is allowed on all sites, also on those that are added later. */
export function mayEverywhere({ roles }: Access, permission: Permission): boolean {
  if (permission === 'installation:manage') return roles[ALL_SITES] === 'admin';
  return roles[ALL_SITES] !== undefined && Object.values(roles).every((role) => grants(role, permission));
}

/** Whether it is allowed on a site at least: says which pages and routes there are, not what they show. */
export function maySomewhere(access: Access, permission: Permission): boolean {
  if (permission === 'installation:manage') return mayEverywhere(access, permission);
  return Object.values(access.roles).some((role) => grants(role, permission));
}

/** Whether `outer` manages the team of each site where `inner` has a role: an admin of some sites grants no others. */
export function covers(outer: Access, inner: Access): boolean {
  if (mayEverywhere(outer, 'team:manage')) return true;
  return Object.keys(inner.roles).every((site) => site !== ALL_SITES && may(outer, 'team:manage', site));
}

/** For the audit log and commands: `all=viewer`, `shop=agent`. */
export function rolesAsText(roles: SiteRoles): string[] {
  const named = Object.entries(roles).map(([site, role]) => `${site === ALL_SITES ? 'all' : site}=${role}`);
  return named.sort((one, other) => Number(other.startsWith('all=')) - Number(one.startsWith('all=')));
}
