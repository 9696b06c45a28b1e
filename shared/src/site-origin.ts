/** The origin of a page that may show a site's widget, as it is set. */
import { z } from 'zod';

/** Apps built with Capacitor, Ionic or Tauri have a scheme of their own. */
const ORIGIN = /^(?:https?|capacitor|ionic|tauri):\/\/(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?$/;

/** Names the origin that was probably meant, where one can be read from what was given. */
function originFault(given: unknown): string {
  const [, scheme = '', user = '', host = '', path = ''] =
    /^(https?:\/\/)([^@/?#]*@)?([^/?#\s]+)(\S*)$/i.exec(String(given).trim()) ?? [];
  const origin = `${scheme}${host}`.toLowerCase();
  if (!ORIGIN.test(origin))
    return 'is not an origin. Use the scheme and host of the page, such as https://shop.example';
  if (user !== '') return `contains a user or password. Use ${origin}`;
  if (path === '/') return `ends with a slash. Use ${origin}`;
  return path === '' ? `is not written as browsers send it. Use ${origin}` : `has a path. Use ${origin}`;
}

export const originSchema = z.string().regex(ORIGIN, { error: ({ input }) => originFault(input) });
