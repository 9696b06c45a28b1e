/** The cookie that carries an agent's session: its name, its attributes, and how it is read back. */

export interface SessionCookie {
  /**
   * The session's token in a `Cookie` header.
   * @param https whether the page came over https, as far as the request tells
   */
  read(header: string | undefined, https: boolean): string | undefined;
  /** A `Set-Cookie` value. It ends with the browser session; the server's own limits end it earlier. */
  set(token: string, https: boolean): string;
  clear(https: boolean): string;
}

const TOKEN = /^[\w-]{43}$/;
const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Lax';

/**
 * `__Host-` makes browsers refuse the cookie unless it is Secure and this host's own, so that no sibling domain can
 * plant one. Over plain http a Secure cookie is kept for `localhost` by some browsers and for `127.0.0.1` by fewer,
 * so there the cookie has another name and no Secure. Each name is read only where it is set.
 * @param alwaysHttps true where the public address is https, whatever a proxy in front of us speaks to us
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
