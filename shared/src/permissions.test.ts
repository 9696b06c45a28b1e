import { expect, test } from 'vitest';
import {
  AGENT_ROLES,
  type AgentRole,
  covers,
  may,
  mayEverywhere,
  maySomewhere,
  roleAt,
  rolesAsText,
  rolesOn,
  type SitePermission,
  type SiteRoles,
  scopeGrants,
  whyNotTogether,
} from './permissions.ts';

const of = (permission: SitePermission) =>
  AGENT_ROLES.filter((role) => may({ roles: rolesOn(role, ['acme']) }, permission, 'acme'));
const mixed = { roles: { acme: 'agent', other: 'viewer', north: 'billing' } } as const;
const withException = { roles: { '*': 'viewer', acme: 'agent', north: 'billing' } } as const;

test('a viewer only reads, billing only sees costs, and only an admin manages', () => {
  expect(of('tickets:read')).toEqual(['admin', 'agent', 'viewer']);
  expect(of('tickets:write')).toEqual(['admin', 'agent']);
  expect(of('costs:read')).toEqual(['admin', 'agent', 'viewer', 'billing']);
  expect(of('team:manage')).toEqual(['admin']);
});

test('a role counts on its site alone; without one there is no access', () => {
  const sites = ['acme', 'other', 'north', 'nowhere', 'constructor', undefined];
  const roles = sites.map((site) => roleAt(mixed, site));
  expect(roles).toEqual(['agent', 'viewer', 'billing', undefined, undefined, undefined]);
  expect(sites.map((site) => may(mixed, 'tickets:write', site))).toEqual([true, false, false, false, false, false]);
  expect(sites.map((site) => may(mixed, 'tickets:read', site))).toEqual([true, true, false, false, false, false]);
});

test('the role of a site outranks the one for all sites', () => {
  const sites = ['acme', 'north', 'another', undefined];
  expect(sites.map((site) => roleAt(withException, site))).toEqual(['agent', 'billing', 'viewer', 'viewer']);
  expect(mayEverywhere(withException, 'tickets:read')).toBe(false);
  expect(mayEverywhere(withException, 'costs:read')).toBe(true);
});

test('an admin of some sites does not manage the installation', () => {
  const [some, all] = [{ roles: rolesOn('admin', ['acme']) }, { roles: rolesOn('admin') }];
  expect([maySomewhere(some, 'team:manage'), mayEverywhere(some, 'team:manage')]).toEqual([true, false]);
  expect([maySomewhere(some, 'installation:manage'), maySomewhere(all, 'installation:manage')]).toEqual([false, true]);
});

test('an admin grants no site that they do not administer', () => {
  const on = (role: AgentRole, sites?: readonly string[]) => ({ roles: rolesOn(role, sites) });
  expect(covers(on('admin'), withException)).toBe(true);
  expect(covers(on('admin', ['acme']), on('agent', ['acme']))).toBe(true);
  expect(covers(on('admin', ['acme']), on('agent', ['acme', 'other']))).toBe(false);
  expect(covers(on('admin', ['acme']), on('billing'))).toBe(false);
  expect(covers({ roles: { acme: 'admin', other: 'agent' } }, on('viewer', ['other']))).toBe(false);
});

test.each<[SiteRoles, boolean]>([
  [{}, false],
  [{ '*': 'admin' }, true],
  [{ '*': 'admin', acme: 'viewer' }, false],
  [{ '*': 'viewer', acme: 'admin' }, true],
])('of the roles %j it is known whether they can be had together', (roles, fits) => {
  expect(whyNotTogether(roles) === undefined).toBe(fits);
});

test('as text, the role on all sites comes first', () => {
  expect(rolesAsText({ acme: 'agent', '*': 'viewer' })).toEqual(['all=viewer', 'acme=agent']);
});

test('a token with the scope read does not write, and no token manages', () => {
  expect([scopeGrants('read', 'tickets:write'), scopeGrants('write', 'tickets:write')]).toEqual([false, true]);
  expect(scopeGrants('write', 'team:manage')).toBe(false);
});
