/** Roles as columns. `role` and `sites` alone are what earlier versions read and write. */
import { AGENT_ROLES, ALL_SITES, rolesOn, type SiteRoles } from '@firstword/shared/permissions';
import { siteRolesSchema } from '@firstword/shared/team';
import { z } from 'zod';

export interface RoleColumns {
  readonly role: string | null;
  readonly sites: string[] | null;
  readonly site_roles: unknown;
}

const roleSchema = z.enum(AGENT_ROLES);

/** To a process of an earlier version, the agent has the weakest of the roles on each site. */
function forEarlierVersions(roles: SiteRoles) {
  const held = Object.values(roles);
  return {
    role: AGENT_ROLES.findLast((role) => held.includes(role)) ?? 'billing',
    sites: Object.hasOwn(roles, ALL_SITES) ? null : Object.keys(roles).sort(),
  };
}

export function toRoleColumns(roles: SiteRoles) {
  return { ...forEarlierVersions(roles), site_roles: JSON.stringify(roles) };
}

export function fromRoleColumns({
  role,
  sites,
  site_roles: stored,
}: RoleColumns): Record<string, z.infer<typeof roleSchema>> {
  const roles = siteRolesSchema.safeParse(stored);
  // A process of an earlier version has changed the account when its columns no longer match; they count then.
  const isCurrent = roles.success && JSON.stringify(forEarlierVersions(roles.data)) === JSON.stringify({ role, sites });
  return isCurrent ? roles.data : rolesOn(roleSchema.parse(role), sites ?? undefined);
}
