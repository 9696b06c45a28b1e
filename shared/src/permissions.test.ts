import { expect, test } from 'vitest';
import { AGENT_ROLES, covers, hasSite, may, type Permission, scopeGrants } from './permissions.ts';

const of = (permission: Permission) => AGENT_ROLES.filter((role) => may({ role }, permission));

test('a viewer only reads, billing only sees costs, and only an admin manages', () => {
  expect(of('tickets:read')).toEqual(['admin', 'agent', 'viewer']);
  expect(of('tickets:write')).toEqual(['admin', 'agent']);
  expect(of('costs:read')).toEqual(['admin', 'agent', 'viewer', 'billing']);
  expect(of('team:manage')).toEqual(['admin']);
  expect(of('installation:manage')).toEqual(['admin']);
});

test('an admin of some sites does not manage the installation', () => {
  expect(may({ role: 'admin', sites: ['acme'] }, 'team:manage')).toBe(true);
  expect(may({ role: 'admin', sites: ['acme'] }, 'installation:manage')).toBe(false);
});

test('access is to the listed sites, or to all', () => {
  expect([hasSite({}, 'acme'), hasSite({}, undefined)]).toEqual([true, true]);
  expect(['acme', 'other', undefined].map((site) => hasSite({ sites: ['acme'] }, site))).toEqual([true, false, false]);
});

test('an admin grants no site that they do not have', () => {
  expect(covers({}, {})).toBe(true);
  expect(covers({ sites: ['acme'] }, { sites: ['acme'] })).toBe(true);
  expect(covers({ sites: ['acme'] }, { sites: ['acme', 'other'] })).toBe(false);
  expect(covers({ sites: ['acme'] }, {})).toBe(false);
});

test('a token with the scope read does not write, and no token manages', () => {
  expect([scopeGrants('read', 'tickets:write'), scopeGrants('write', 'tickets:write')]).toEqual([false, true]);
  expect(scopeGrants('write', 'team:manage')).toBe(false);
});
