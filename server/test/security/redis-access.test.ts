/** A Redis that speaks TLS alone, with an account that may use it and not administer it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectRedis } from '@firstword/server/lib/redis';
import { isCluster } from '@firstword/server/lib/redis-connection';
import { createPrivateRedis } from '@firstword/server/local/private-redis';
import { freePort } from '@firstword/testing/free-port';
import { addSecurityRow } from '@firstword/testing/security-row';
import { silentLog } from '@firstword/testing/silent-log';
import { createTlsFiles } from '@firstword/testing/tls-files';
import { expect, onTestFinished, test } from 'vitest';
import { serveVisitor } from './serve-visitor.ts';

const PASSWORD = 'only-for-this-test';
/** As docs/operations.md writes it. */
const ACCOUNT = `on >${PASSWORD} ~* &* +@all -@admin -@dangerous +info`;
const FORBIDDEN = [
  ['CONFIG', 'GET', '*'],
  ['CONFIG', 'SET', 'appendonly', 'no'],
  ['DEBUG', 'SLEEP', '0'],
  ['FLUSHALL'],
  ['FLUSHDB'],
  ['KEYS', '*'],
  ['MODULE', 'LIST'],
  ['SHUTDOWN'],
  ['ACL', 'LIST'],
  ['REPLICAOF', '127.0.0.1', '1'],
  ['SAVE'],
  ['MONITOR'],
  ['CLIENT', 'LIST'],
];

function folderOf(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), name));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function startTlsRedis() {
  const folder = folderOf('firstword-tls-');
  const { certificate, key, authority, otherAuthority } = createTlsFiles(folder);
  const port = await freePort();
  const args = [
    ...['--port', '0', '--tls-port', String(port), '--tls-cert-file', certificate, '--tls-key-file', key],
    ...['--tls-ca-cert-file', authority, '--tls-auth-clients', 'no', '--bind', '127.0.0.1', '--save', ''],
    ...['--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'],
    ...['--user', 'default', 'off', '--user', 'firstword', ...ACCOUNT.split(' ')],
  ];
  const child = spawn('redis-server', args, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`redis-server exited with code ${code}`)));
    child.stdout.on('data', (lines: Buffer) => /ready to accept connections/i.test(String(lines)) && resolve());
  });
  return { port, ca: authority, otherCa: otherAuthority };
}

/** The reply of each command, or the code of its refusal. */
async function codesOf(address: string): Promise<string[]> {
  const redis = await connectRedis(address, 'commands', silentLog);
  onTestFinished(() => redis.disconnect());
  if (isCluster(redis)) throw new Error('one server was expected');
  return Promise.all(
    FORBIDDEN.map(([name = '', ...args]) =>
      redis.call(name, ...args).then(
        (reply) => String(reply),
        (error: Error) => error.message.split(' ')[0] ?? '',
      ),
    ),
  );
}

test('over TLS with an account that can’t administer Redis, the product works and every such command is refused', async ({
  task,
}) => {
  const { port, ca, otherCa } = await startTlsRedis();
  const address = `rediss://firstword:${PASSWORD}@127.0.0.1:${port}`;
  const codes = await codesOf(`${address}?ca=${ca}`);
  // DEBUG is switched off for every account.
  expect(codes).toEqual(
    FORBIDDEN.map(([name]) => (name === 'DEBUG' ? expect.stringMatching(/^(NOPERM|ERR)$/) : 'NOPERM')),
  );

  await serveVisitor(`${address}?ca=${ca}`);

  const refused = (url: string) =>
    connectRedis(url, 'commands', silentLog, 500).then(
      () => 'connected',
      () => 'refused',
    );
  const attempts = [
    address,
    `${address}?ca=${otherCa}`,
    `rediss://firstword:wrong@127.0.0.1:${port}?ca=${ca}`,
    `rediss://127.0.0.1:${port}?ca=${ca}`,
    `redis://firstword:${PASSWORD}@127.0.0.1:${port}`,
  ];
  expect(await Promise.all(attempts.map(refused))).toEqual(attempts.map(() => 'refused'));
  addSecurityRow(task, {
    id: 'S29',
    tried: `${FORBIDDEN.length} administrative commands as the product's account; ${attempts.length} connections without TLS, the right authority or password`,
    result: `${codes.filter((code) => !/^(NOPERM|ERR)$/.test(code)).length} allowed, 0 connected; a visitor was answered`,
  });
});

test('the private Redis of `npm start` refuses what reads, empties or reconfigures all of it', async () => {
  const redis = createPrivateRedis({ dataDir: folderOf('firstword-private-'), log: silentLog });
  onTestFinished(redis.stop);
  await redis.ready;
  const codes = await codesOf(`unix://${redis.path}`);
  // The start reads whether it is durable.
  const readable = (args: readonly string[]) => args.join(' ') === 'CONFIG GET *';
  const refused = codes.filter((code, index) => !readable(FORBIDDEN[index] ?? []) && /^(NOPERM|ERR)$/.test(code));
  expect(refused).toHaveLength(FORBIDDEN.length - 1);
});
