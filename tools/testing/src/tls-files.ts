/** Certificates for a test: an authority, and what a server on 127.0.0.1 needs, as files. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
  readonly authority: string;
  /** An authority that has signed nothing. */
  readonly otherAuthority: string;
}

/** Writes them into an existing folder. */
export function createTlsFiles(folder: string): TlsFiles {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const authority = ['req', '-x509', ...newKey, '-days', '1'];
  openssl(...authority, '-keyout', 'ca.key', '-out', 'ca.crt', '-subj', '/CN=Authority of this test');
  openssl(...authority, '-keyout', 'other.key', '-out', 'other.crt', '-subj', '/CN=Another authority');
  openssl('req', ...newKey, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=server');
  writeFileSync(join(folder, 'names'), 'subjectAltName=IP:127.0.0.1');
  const signed = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '1', '-extfile', 'names'];
  openssl('x509', '-req', '-in', 'server.csr', '-out', 'server.crt', ...signed);
  const file = (name: string) => join(folder, name);
  return {
    certificate: file('server.crt'),
    key: file('server.key'),
    authority: file('ca.crt'),
    otherAuthority: file('other.crt'),
  };
}
