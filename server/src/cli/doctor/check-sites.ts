/** Checks where browsers reach the server, and whether the pages of each site may load the widget from there. Pure. */
import type { Site } from '@firstword/shared/site';
import type { Finding } from './report.ts';

export interface SiteNeeds {
  /** Undefined where there is one site on the server's own origin. */
  readonly sites: readonly Site[] | undefined;
  readonly publicUrl: string | undefined;
  readonly production: boolean;
}

const LOCAL = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::|$|\/)/;

export function checkSites({ sites, publicUrl, production }: SiteNeeds): Finding[] {
  return [checkPublicUrl(publicUrl, production), ...(sites ?? []).map((site) => checkSite(site, publicUrl))];
}

function checkPublicUrl(publicUrl: string | undefined, production: boolean): Finding {
  const about = { area: 'sites', subject: 'PUBLIC_URL' } as const;
  if (publicUrl === undefined || LOCAL.test(publicUrl)) {
    const found = publicUrl === undefined ? 'not set' : publicUrl;
    return production
      ? {
          ...about,
          level: 'warning',
          found: `${found}: links in mails lead to this machine`,
          fix: 'Set PUBLIC_URL to the address at which browsers reach the server.',
        }
      : { ...about, level: 'ok', found };
  }
  return publicUrl.startsWith('https:')
    ? { ...about, level: 'ok', found: publicUrl }
    : {
        ...about,
        level: 'warning',
        found: `${publicUrl} is not encrypted`,
        fix: 'Serve it through a proxy with TLS, and begin PUBLIC_URL with https://.',
      };
}

function checkSite({ id, allowedOrigins }: Site, publicUrl: string | undefined): Finding {
  const secure = allowedOrigins.find((origin) => origin.startsWith('https:'));
  const about = { area: 'sites', subject: id } as const;
  // A browser loads no script over http into a page over https, except from the same machine.
  if (secure !== undefined && publicUrl?.startsWith('http:') && !LOCAL.test(publicUrl))
    return {
      ...about,
      level: 'fault',
      found: `browsers refuse the widget on ${secure}, because ${publicUrl} is not encrypted`,
      fix: 'Serve Firstword with TLS, and begin PUBLIC_URL with https://.',
    };
  return { ...about, level: 'ok', found: allowedOrigins.join(', ') };
}
