/** A browser without a screen: it keeps the cookies of each origin and follows redirects, and so can be stopped at any of them. */

export interface RedirectBrowser {
  /** Follows redirects until there is none, or until `until` accepts where one leads. */
  open(url: string, until?: (location: URL) => boolean): Promise<Arrival>;
  submit(url: string, form: Readonly<Record<string, string>>, until?: (location: URL) => boolean): Promise<Arrival>;
  /** The `Cookie` header for an address; may be changed to play another browser. */
  cookies(url: string): string;
  setCookie(url: string, name: string, value: string): void;
}

export interface Arrival {
  /** Where it ended, or where the redirect that was not followed leads. */
  readonly url: URL;
  readonly status: number;
  /** The addresses before. */
  readonly path: readonly string[];
}

const REDIRECTS_MAX = 20;

export function createRedirectBrowser(): RedirectBrowser {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (url: string) => {
    const { origin } = new URL(url);
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    return jar;
  };
  const cookies = (url: string) => [...jarOf(url)].map(([name, value]) => `${name}=${value}`).join('; ');
  const go = async (first: string, body: URLSearchParams | undefined, until: (location: URL) => boolean) => {
    const path: string[] = [];
    let [url, form] = [first, body];
    while (path.length < REDIRECTS_MAX) {
      const response = await fetch(url, {
        redirect: 'manual',
        headers: { cookie: cookies(url) },
        ...(form === undefined ? {} : { method: 'POST', body: form }),
      });
      await response.arrayBuffer();
      for (const cookie of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(cookie)) jarOf(url).delete(name);
        else jarOf(url).set(name, value);
      }
      path.push(url);
      const location = response.headers.get('location');
      if (location === null) return { url: new URL(url), status: response.status, path };
      const next = new URL(location, url);
      if (until(next)) return { url: next, status: response.status, path };
      [url, form] = [next.href, undefined];
    }
    throw new Error(`more than ${REDIRECTS_MAX} redirects: ${path.join(' → ')}`);
  };
  return {
    open: (url, until = () => false) => go(url, undefined, until),
    submit: (url, form, until = () => false) => go(url, new URLSearchParams(form), until),
    cookies,
    setCookie: (url, name, value) => void jarOf(url).set(name, value),
  };
}
