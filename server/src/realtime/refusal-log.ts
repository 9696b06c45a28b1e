/** Logs pages whose widget is set up wrongly: once per code, site and origin, not once per attempt. */
import { cutText } from '@firstword/shared/cut-text';
import type { ConnectCode } from '@firstword/shared/wire-refusals';
import type { Log } from '../lib/log.ts';

export interface RefusedPage {
  readonly code: ConnectCode;
  readonly message: string;
  /** As the client sent it. */
  readonly site: unknown;
  readonly origin: string | undefined;
}

/** The rest (`rate-limited`, `draining`, `session-expired`) occurs without a configuration mistake. */
const SET_UP: ReadonlySet<ConnectCode> = new Set(['unknown-site', 'origin-refused', 'bad-identity']);
/** Anyone can connect with any name; beyond this many, further ones are not logged. */
const LOGGED_MAX = 1000;
const TEXT_MAX = 200;

export function createRefusalLog(log: Pick<Log, 'warn'>): (page: RefusedPage) => void {
  const logged = new Set<string>();
  return ({ code, message, site, origin }) => {
    if (!SET_UP.has(code) || logged.size >= LOGGED_MAX) return;
    const page = {
      code,
      site: cutText(typeof site === 'string' ? site : '(none)', TEXT_MAX),
      origin: cutText(origin ?? '(none)', TEXT_MAX),
    };
    const key = JSON.stringify(page);
    if (logged.has(key)) return;
    logged.add(key);
    log.warn({ ...page, fix: cutText(message, TEXT_MAX * 2) }, 'refusing a page whose widget is set up wrongly');
  };
}
