/** Checks the certificates of the public address and of model endpoints: valid, and for how long. */
import { once } from 'node:events';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import type { Finding } from './report.ts';

/** Renewal that works by itself happens earlier than this. */
const SOON_DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;
const WAIT_MS = 5_000;

export interface CertificateNeeds {
  /** By the setting that each one comes from. Only `https:` ones are checked. */
  readonly addresses: readonly (readonly [setting: string, address: string])[];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Never rejects. */
export async function checkCertificates({ addresses, now }: CertificateNeeds): Promise<Finding[]> {
  const secure = addresses.filter(([, address]) => address.startsWith('https:'));
  return Promise.all(secure.map(([setting, address]) => checkCertificate(setting, new URL(address), now())));
}

async function checkCertificate(setting: string, { hostname, port, origin }: URL, now: number): Promise<Finding> {
  const about = { area: 'certificates', subject: setting, asked: origin } as const;
  const host = hostname.replace(/^\[|\]$/g, '');
  const socket = connect({
    host,
    port: Number(port || 443),
    timeout: WAIT_MS,
    ...(isIP(host) === 0 ? { servername: host } : {}),
  });
  try {
    socket.once('timeout', () => socket.destroy(new Error('ETIMEDOUT')));
    await once(socket, 'secureConnect');
    const days = Math.floor((Date.parse(socket.getPeerCertificate().valid_to) - now) / DAY_MS);
    const found = `the certificate of ${host} is valid for ${days} days`;
    return days >= SOON_DAYS
      ? { ...about, level: 'ok', found }
      : { ...about, level: 'warning', found, fix: 'Renew it, and check the automatic renewal.' };
  } catch (error) {
    return unusable(about, host, error);
  } finally {
    socket.destroy();
  }
}

function unusable(about: Pick<Finding, 'area' | 'subject' | 'asked'>, host: string, error: unknown): Finding {
  const code = error instanceof Error ? String('code' in error ? error.code : error.message) : 'unknown';
  // Whether it can be reached is the matter of other checks, or of a proxy in front that is not running yet.
  if (/^E(?:CONN|NOT|TIMED|AI_|HOST|NET)/.test(code))
    return {
      ...about,
      level: 'warning',
      found: `${host} cannot be reached from here (${code})`,
      fix: 'Check its certificate from another machine.',
    };
  return {
    ...about,
    level: 'fault',
    found: `no valid TLS at ${host} (${code})`,
    fix: 'Renew or correct the certificate. For a private authority set NODE_EXTRA_CA_CERTS; for a server without TLS begin the address with http://.',
  };
}
