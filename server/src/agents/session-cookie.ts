/** The cookies of an agent's browser, with the session's token and the browser's id: names, attributes and parsing. */

export interface HostCookie {
  /**
   * The value in a `Cookie` header.
   * @param https whether the request arrived over https
   */
  read(header: string | undefined, https: boolean): string | undefined;
  /** A `Set-Cookie` value. */
  set(value: string, https: boolean): string;
  clear(https: boolean): string;
}
export type SessionCookie = HostCookie;

const TOKEN = /^[\w-]{43}$/;
const DEVICE = /^[\w.-]{1,200}$/;
const ATTEMPT = /^[\w.-]{1,600}$/;
const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Lax';
const DAY_SECONDS = 24 * 60 * 60;

/**
 * The cookie ends with the browser session; the server's timeouts may end it earlier.
 * @param alwaysHttps true when the public address is https, whatever protocol the proxy uses to reach us
 */
export function createSessionCookie(alwaysHttps: boolean): SessionCookie {
  return createHostCookie('firstword-agent', TOKEN, alwaysHttps, '');
}

/** Outlives the session, and survives signing out. */
export function createDeviceCookie(alwaysHttps: boolean, days: number): HostCookie {
  return createHostCookie('firstword-device', DEVICE, alwaysHttps, `; Max-Age=${days * DAY_SECONDS}`);
}

/** Between leaving for the identity provider and coming back. */
export function createAttemptCookie(alwaysHttps: boolean, seconds: number): HostCookie {
  return createHostCookie('firstword-sign-in', ATTEMPT, alwaysHttps, `; Max-Age=${seconds}`);
}

/**
 * Browsers accept a `__Host-` cookie only if it is Secure and set by this host, so a sibling domain can't set one. Over
 * plain http, few browsers store Secure cookies for `localhost` and `127.0.0.1`, so the cookie has another name and is
 * not Secure. Each name is read only where it is set.
 */
function createHostCookie(plainName: string, pattern: RegExp, alwaysHttps: boolean, lifetime: string): HostCookie {
  const named = (https: boolean) =>
    https || alwaysHttps
      ? { name: `__Host-${plainName}`, attributes: `${ATTRIBUTES}; Secure` }
      : { name: plainName, attributes: ATTRIBUTES };
  return {
    read(header, https) {
      const start = `${named(https).name}=`;
      const pair = header?.split(/; */).find((part) => part.startsWith(start));
      const value = pair?.slice(start.length);
      return value !== undefined && pattern.test(value) ? value : undefined;
    },
    set(value, https) {
      const { name, attributes } = named(https);
      return `${name}=${value}; ${attributes}${lifetime}`;
    },
    clear(https) {
      const { name, attributes } = named(https);
      return `${name}=; ${attributes}; Max-Age=0`;
    },
  };
}
