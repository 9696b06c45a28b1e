import type { SiteRoles } from '@firstword/shared/permissions';
import { expect, test } from 'vitest';
import { allowsTheSame, limitOf, rolesBehind, rolesOfProgram } from './program-access.ts';

const token = (scope: 'read' | 'write' | 'models', makerRoles?: SiteRoles, sites?: string[]) => ({
  scope,
  ...(makerRoles === undefined ? {} : { makerRoles }),
  ...(sites === undefined ? {} : { sites }),
});

test.each([
  [undefined, undefined, { '*': 'admin' }, { '*': 'agent' }],
  [undefined, ['shop'], { shop: 'admin' }, { shop: 'agent' }],
  [{ '*': 'admin' }, ['shop'], { shop: 'admin' }, { shop: 'agent' }],
  [
    { '*': 'viewer', help: 'agent' },
    ['shop', 'help'],
    { shop: 'viewer', help: 'agent' },
    { shop: 'viewer', help: 'agent' },
  ],
  [{ shop: 'billing' }, undefined, { shop: 'billing' }, { shop: 'billing' }],
  [{ shop: 'admin' }, ['help'], {}, {}],
  // A site may have the id of a property that every object has.
  [{ shop: 'admin' }, ['constructor', '__proto__'], {}, {}],
] as const)('behind a token of an agent with %j for %j are the roles %j, as which it acts as %j', (...row) => {
  const [makerRoles, sites, behind, own] = row;
  const made = token('write', makerRoles, sites && [...sites]);
  expect([rolesBehind(made), rolesOfProgram(made)]).toEqual([behind, own]);
});

test.each([
  ['read', { '*': 'admin' }, undefined, undefined],
  ['read', { '*': 'viewer' }, undefined, undefined],
  ['read', { '*': 'billing' }, undefined, 'partly'],
  ['read', { '*': 'viewer', shop: 'billing' }, undefined, 'partly'],
  ['read', { shop: 'admin' }, undefined, 'partly'],
  ['read', { shop: 'admin' }, ['shop'], undefined],
  ['read', { shop: 'admin' }, ['shop', 'help'], 'partly'],
  ['read', { shop: 'admin' }, ['help'], 'fully'],
  ['read', {}, ['shop'], 'fully'],
  // An agent can't erase visitors' data.
  ['write', { '*': 'agent' }, undefined, 'partly'],
  ['models', { shop: 'admin' }, ['shop'], undefined],
  ['models', { '*': 'agent' }, undefined, 'fully'],
  ['models', undefined, undefined, undefined],
] as const)('a token to %s, of an agent with %j, for %j is limited %s', (scope, makerRoles, sites, limited) => {
  expect(limitOf(token(scope, makerRoles, sites && [...sites]))).toBe(limited);
});

test('roles with the same effect on a token are no change of it', () => {
  expect(allowsTheSame(token('read', { '*': 'admin' }), token('read', { '*': 'agent' }))).toBe(true);
  expect(allowsTheSame(token('write', { '*': 'admin' }), token('write', { '*': 'agent' }))).toBe(false);
  const elsewhere = token('write', { shop: 'admin', help: 'viewer' }, ['shop']);
  expect(allowsTheSame(token('write', { shop: 'admin', help: 'admin' }, ['shop']), elsewhere)).toBe(true);
});
