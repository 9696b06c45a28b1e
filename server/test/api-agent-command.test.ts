import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { AuditEntry } from '@firstword/shared/audit';
import { EMAIL, PASSWORD } from '@firstword/testing/console-agents';
import { consoleServer, consoleServerForEachTest } from '@firstword/testing/console-server-hooks';
import { createTestDatabase } from '@firstword/testing/test-database';
import { io } from 'socket.io-client';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { readAgentCommand } from '../src/cli/agent-arguments.ts';
import { runAgentCommand } from '../src/cli/agent-command.ts';
import { createCommandAudit } from '../src/cli/command-audit.ts';
import { UsageError } from '../src/lib/command-line.ts';

let audited: AuditEntry[] = [];
beforeEach(() => {
  audited = [];
});
// No tick comes within a test, so open pages notice a change only as they do within two seconds.
consoleServerForEachTest({ tickMs: 600_000 });

async function run(args: string[], stdin = ''): Promise<string> {
  const lines: string[] = [];
  await runAgentCommand(readAgentCommand(args), {
    agents: consoleServer.agents,
    apiTokens: consoleServer.apiTokens,
    audit: createCommandAudit({ add: async (entries) => void audited.push(...entries) }),
    consoleUrl: 'https://help.shop.example/console',
    readStdin: async () => stdin,
    say: (line) => void lines.push(line),
    explain: () => {},
  });
  return lines.join('\n');
}

const tokenIn = (output: string) =>
  /^https:\/\/help\.shop\.example\/console\/first-run#token=([\w-]{43})$/.exec(output)?.[1];

test('add prints a one-time invitation link, and list shows the account', async () => {
  const token = tokenIn(await run(['add', EMAIL.toUpperCase(), '--role', 'admin']));
  const agent = { token, email: EMAIL, name: 'Invited\u001b[2J', password: PASSWORD };
  const made = await consoleServer.openPage().request('POST', '/first-run', agent);
  expect(made.body).toMatchObject({ agent: { email: EMAIL, roles: { '*': 'admin' } } });
  expect((await consoleServer.openPage().request('POST', '/first-run', agent)).status).toBe(403);
  expect(await run(['list'])).toBe(`${EMAIL}\tInvited [2J\tall=admin`);
});

test('add with a password on stdin creates the account; remove deletes it', async () => {
  await run(['add', EMAIL, '--password-stdin', '--name', 'Second'], `${PASSWORD}\n`);
  const signIn = () => consoleServer.openPage().request('POST', '/session', { email: EMAIL, password: PASSWORD });
  expect((await signIn()).body).toMatchObject({ agent: { name: 'Second', roles: { '*': 'agent' } } });
  await run(['remove', EMAIL]);
  expect((await signIn()).status).toBe(403);
});

test('what a command changes is in the audit log, as done by the command line', async () => {
  await run(['add', EMAIL, '--password-stdin', '--name', 'First', '--role', 'admin'], PASSWORD);
  await run(['add', 'second@shop.example', '--password-stdin'], PASSWORD);
  await run(['add', 'third@shop.example', '--sites', 'shop']);
  await run(['set', 'second@shop.example', '--role', 'viewer', '--sites', 'shop']);
  for (const name of ['deactivate', 'activate', 'end-sessions', 'reset', 'remove'])
    await run([name, 'second@shop.example']);
  const token = await run(['token-add', 'Reports', '--days', '30']);
  const [id = ''] = (await run(['token-list'])).split('\t');
  await run(['token-remove', id]);
  await expect(run(['remove', 'second@shop.example'])).rejects.toThrow('has no account');
  expect(new Set(audited.map(({ actor }) => JSON.stringify(actor)))).toEqual(
    new Set(['{"kind":"operator","name":"Command line"}']),
  );
  const told = audited.map(({ action, target, before, after }) => [action, target?.name, before, after]);
  const everywhere = { roles: ['all=agent'] };
  expect(told).toEqual([
    ['account-created', 'First', undefined, { roles: ['all=admin'] }],
    ['account-created', 'second', undefined, everywhere],
    ['link-created', 'third@shop.example', undefined, { roles: ['shop=agent'] }],
    ['role-changed', 'second', everywhere, { roles: ['shop=viewer'] }],
    ['role-changed', 'second', { active: true }, { active: false }],
    ['role-changed', 'second', { active: false }, { active: true }],
    ['session-ended', 'second', undefined, undefined],
    ['link-created', 'second', undefined, { for: 'password' }],
    ['account-removed', 'second', { roles: ['shop=viewer'] }, undefined],
    ['token-created', 'Reports', undefined, { scope: 'read', sites: 'all', days: 30 }],
    ['token-removed', 'Reports', undefined, undefined],
  ]);
  expect(JSON.stringify(audited)).not.toContain(token);
});

test('unlink lets another person at the identity provider have the account', async () => {
  await run(['add', EMAIL, '--password-stdin'], PASSWORD);
  await expect(run(['unlink', EMAIL])).rejects.toThrow(`${EMAIL} is not linked to an identity provider.`);
  const { accounts, identities } = consoleServer.records;
  const person = { issuer: 'https://login.example.com', subject: '7' };
  await identities.link(person, (await accounts.find(EMAIL))?.id ?? '');
  await run(['unlink', EMAIL]);
  expect(await identities.find(person)).toBeUndefined();
});

test('reset prints a link that sets a new password', async () => {
  await run(['add', EMAIL, '--password-stdin'], PASSWORD);
  const agent = {
    token: tokenIn(await run(['reset', EMAIL])),
    email: EMAIL,
    name: 'Same',
    password: 'a second password',
  };
  expect((await consoleServer.openPage().request('POST', '/first-run', agent)).status).toBe(201);
  const old = await consoleServer.openPage().request('POST', '/session', { email: EMAIL, password: PASSWORD });
  expect(old.status).toBe(403);
});

test('an account has a role on some sites, which can change, and can be deactivated', async () => {
  await run(['add', 'boss@shop.example', '--password-stdin', '--role', 'admin'], PASSWORD);
  await run(['add', EMAIL, '--password-stdin', '--role', 'viewer', '--sites', 'acme,other'], PASSWORD);
  const listed = async () => (await run(['list'])).split('\n')[0];
  expect(await listed()).toBe(`${EMAIL}\tagent\tacme=viewer,other=viewer`);
  await run(['set', EMAIL, '--role', 'agent']);
  expect(await listed()).toBe(`${EMAIL}\tagent\tacme=agent,other=agent`);
  await run(['set', EMAIL, '--sites', 'all']);
  const page = consoleServer.openPage();
  const signIn = () => page.request('POST', '/session', { email: EMAIL, password: PASSWORD });
  expect((await signIn()).body).toMatchObject({ agent: { roles: { '*': 'agent' } } });
  await run(['end-sessions', EMAIL]);
  expect((await page.request('GET', '/session')).status).toBe(401);
  await run(['deactivate', EMAIL]);
  expect(await listed()).toBe(`${EMAIL}\tagent\tall=agent\tdeactivated`);
  expect([
    (await signIn()).status,
    (await run(['activate', EMAIL])).includes('again'),
    (await signIn()).status,
  ]).toEqual([403, true, 200]);
  await expect(run(['deactivate', 'boss@shop.example'])).rejects.toThrow(/only administrator of all sites/);
});

test('a command reaches the open pages of its agent, and no others', async () => {
  await run(['add', 'boss@shop.example', '--password-stdin', '--role', 'admin'], PASSWORD);
  const connect = async (email: string) => {
    const cookie = (await consoleServer.signIn(email)).cookie();
    const client = io(`${consoleServer.origin}/console`, {
      ...{ transports: ['websocket'], reconnection: false, forceNew: true },
      extraHeaders: { origin: consoleServer.origin, cookie },
    });
    onTestFinished(() => void client.close());
    await new Promise<void>((resolve, reject) => client.on('connect', resolve).on('connect_error', reject));
    const gone = new Promise<string>((resolve) => void client.once('disconnect', resolve));
    return { client, gone };
  };
  const boss = await connect('boss@shop.example');
  const commands = [['set', '--role', 'viewer'], ['deactivate'], ['end-sessions'], ['remove']];
  await Promise.all(
    commands.map(async ([name = '', ...options]) => {
      const email = `${name}@shop.example`;
      await run(['add', email, '--password-stdin'], PASSWORD);
      const { gone } = await connect(email);
      await run([name, email, ...options]);
      expect(await gone, name).toBe('io server disconnect');
    }),
  );
  expect(boss.client.connected).toBe(true);
});

test('an account has a role for each site', async () => {
  await run(['add', EMAIL, '--password-stdin', '--roles', 'acme=agent, other=viewer'], PASSWORD);
  expect(await run(['list'])).toBe(`${EMAIL}\tagent\tacme=agent,other=viewer`);
  await expect(run(['set', EMAIL, '--sites', 'acme'])).rejects.toThrow(/has several roles/);
  expect(await run(['set', EMAIL, '--roles', 'all=viewer,other=billing'])).toContain(
    'now has all=viewer,other=billing',
  );
  await run(['set', EMAIL, '--role', 'agent', '--sites', 'other']);
  expect(await run(['list'])).toBe(`${EMAIL}\tagent\tother=agent`);
});

test('API tokens are created, listed and removed', async () => {
  const token = await run(['token-add', 'Importer', '--scope', 'write']); // for a script, nothing but the token
  const program = await consoleServer.apiTokens.check(token);
  expect(program).toMatchObject({ name: 'Importer', scope: 'write' });
  expect(await run(['token-list'])).toMatch(`${program?.id}\tImporter\twrite\tall sites\tno end\tused 20`);
  await run(['token-remove', program?.id ?? '']);
  expect(await consoleServer.apiTokens.check(token)).toBeUndefined();
});

test.each([
  [['token-add'], '', 'one argument: the name'],
  [['token-add', 'x', '--scope', 'all'], '', 'read or write or models'],
  [['token-remove', 'x'], '', 'no token'],
  [['token-add', 'x', '--days', '0'], '', 'from 1 to 3650'],
  [['add', 'x@shop.example', '--sites', 'a b'], '', 'not the id of a site'],
  [['set', 'x@shop.example', '--role', 'viewer'], '', 'has no account'],
  [['set', 'known@shop.example', '--roles', 'acme'], '', 'not allowed. Use admin or agent'],
  [['set', 'known@shop.example', '--roles', '*=viewer'], '', 'is not a site with its role'],
  [['set', 'known@shop.example', '--roles', 'acme=owner'], '', 'admin or agent'],
  [['set', 'known@shop.example', '--roles', 'acme=agent,acme=viewer'], '', 'names a site twice'],
  [['set', 'known@shop.example', '--roles', 'all=admin,acme=viewer'], '', 'has no other role'],
  [['set', 'known@shop.example', '--roles', 'acme=agent', '--role', 'viewer'], '', 'replaces --role'],
  [['constructor'], '', '"constructor" is not a command'],
  [['add'], '', 'one argument: the e-mail address'],
  [['add', 'a@shop.example', 'b@shop.example'], '', 'one argument: the e-mail address'],
  [['add', 'nonsense'], '', '"nonsense": must be an e-mail address'],
  [['add', 'x@shop.example', '--role', 'owner'], '', 'admin or agent'],
  [['add', 'x@shop.example', '--password-stdin'], 'short', 'at least 12'],
  [['add', 'known@shop.example'], '', 'already has an account'],
  [['add', 'known@shop.example', '--password-stdin'], PASSWORD, 'already has an account'],
  [['reset', 'x@shop.example'], '', 'no account'],
  [['remove', 'x@shop.example'], '', 'no account'],
  [['list', 'x'], '', 'needs no argument'],
  [['promote', 'x@shop.example'], '', '"promote" is not a command'],
  [['list', '--verbose'], '', '--verbose'],
])('%j is refused with an explanation', async (args, stdin, words) => {
  await consoleServer.signIn('known@shop.example');
  const refused = await run(args, stdin).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(UsageError);
  expect(String(refused)).toContain(words);
});

/** Runs the command with the database of `env`, from the build, which starts faster than the source. */
async function spawned(args: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, ['dist/cli/agent.js', ...args], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { PATH: process.env['PATH'], PORT: '4711', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise((resolve) => child.on('exit', resolve)),
  ]);
  return { out, err, code };
}

test('the command connects to DATABASE_URL, or prints one line if no server runs there', {
  timeout: 60_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'firstword-agent-'));
  const database = await createTestDatabase();
  try {
    const [added, none] = await Promise.all([
      spawned(['add', EMAIL], { DATABASE_URL: database.url }),
      spawned(['list'], { DATA_DIR: folder }),
    ]);
    expect([added.err, added.code]).toEqual([`Send this link to ${EMAIL}. It works once, within 24 hours:\n`, 0]);
    expect(added.out).toMatch(/^http:\/\/localhost:4711\/console\/first-run#token=\S+\n$/);
    expect(none).toMatchObject({
      out: '',
      code: 1,
      err: expect.stringMatching(/^No PostgreSQL is running in .+npm start.+\n$/),
    });
  } finally {
    rmSync(folder, { recursive: true });
    await database.drop();
  }
});
