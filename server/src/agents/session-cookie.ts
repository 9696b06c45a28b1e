/** The cookie with an agent's session token: its name, attributes and parsing. */

export interface SessionCookie {
  /**
   * The session's token in a `Cookie` header.
   * @param https whether the request arrived over https
   */
  read(header: string | undefined, https: boolean): string | undefined;
  /** A `Set-Cookie` value. The cookie ends with the browser session; the server's timeouts may end it earlier. */
  set(token: string, https: boolean): string;
  clear(https: boolean): string;
}

const TOKEN = /^[\w-]{43}$/;
const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Lax';

/**
 * Browsers accept a `__Host-` cookie only if it is Secure and set by this host, so a sibling domain can't set one. Over
 * plain http, few browsers store Secure cookies for `localhost` and `127.0.0.1`, so the cookie has another name and is
 * not Secure. Each name is read only where it is set.
 * @param alwaysHttps true when the public address is https, whatever protocol the proxy uses to reach us
 */
export function createSessionCookie(alwaysHttps: boolean): SessionCookie {
  const named = (https: boolean) =>
    https || alwaysHttps
      ? { name: '__Host-firstword-agent', attributes: `${ATTRIBUTES}; Secure` }
      : { name: 'firstword-agent', attributes: ATTRIBUTES };
  return {
    read(header, https) {
      const start = `${named(https).name}=`;
      const pair = header?.split(/; */).find((part) => part.startsWith(start));
      const token = pair?.slice(start.length);
      return token !== undefined && TOKEN.test(token) ? token : undefined;
    },
    set(token, https) {
      const { name, attributes } = named(https);
      return `${name}=${token}; ${attributes}`;
    },
    clear(https) {
      const { name, attributes } = named(https);
      return `${name}=; ${attributes}; Max-Age=0`;
    },
  };
}
