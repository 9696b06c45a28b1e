/** What an API token allows now: what its scope grants on its sites, and never more than the agent who made it may do. */
import { isDeepStrictEqual } from 'node:util';
import { may, permissionsOfScope, roleAt, rolesOn, type SiteRoles } from '@firstword/shared/permissions';
import type { TokenList } from '@firstword/shared/team';
import type { KnownProgram } from '../records/api-token-store.ts';

type Reach = Pick<KnownProgram, 'scope' | 'sites' | 'makerRoles'>;

/** The roles of the agent who made it, on its sites alone. A token that a command made is limited by its scope only. */
export function rolesBehind({ sites, makerRoles = rolesOn('admin') }: Reach): SiteRoles {
  if (sites === undefined) return makerRoles;
  return Object.fromEntries(
    sites.flatMap((site) => {
      const role = roleAt({ roles: makerRoles }, site);
      return role === undefined ? [] : [[site, role]];
    }),
  );
}

/** As which a program acts: at most as an agent. */
export function rolesOfProgram(program: Reach): SiteRoles {
  return Object.fromEntries(
    Object.entries(rolesBehind(program)).map(([site, role]) => [site, role === 'admin' ? 'agent' : role]),
  );
}

/** Whether two states of a token allow the same. */
export function allowsTheSame(one: Reach, other: Reach): boolean {
  return isDeepStrictEqual(grantsOf(one), grantsOf(other));
}

/** What its maker's roles take away from it; undefined when nothing. */
export function limitOf(program: Reach): TokenList['tokens'][number]['limited'] {
  const { makerRoles: _, ...unlimited } = program;
  if (allowsTheSame(program, unlimited)) return undefined;
  return Object.keys(grantsOf(program)).length > 0 ? 'partly' : 'fully';
}

function grantsOf(program: Reach) {
  const roles = rolesBehind(program);
  const granted = Object.keys(roles).map((site) => {
    const permissions = permissionsOfScope(program.scope).filter((permission) => may({ roles }, permission, site));
    return [site, permissions] as const;
  });
  return Object.fromEntries(granted.filter(([, permissions]) => permissions.length > 0));
}
