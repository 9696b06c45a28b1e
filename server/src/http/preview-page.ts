/** The page at `/` of an installation with its own sites: the widget of each site, for signed-in administrators. */
import { type Access, may, maySomewhere } from '@firstword/shared/permissions';
import type { Site } from '@firstword/shared/site';
import { type Request, type Response, Router } from 'express';
import { escapeHtml } from '../lib/html-text.ts';
import { loaderTag, type WidgetLoader } from './widget-loader.ts';

export interface PreviewPageParts {
  readonly sites: ReadonlyMap<string, Site>;
  /** Where pages load the widget from. */
  readonly publicUrl: string | undefined;
  /** Hosts of the captcha. */
  readonly captchaHosts: readonly string[];
  /** The loader that a page may verify. */
  readonly loader: () => Promise<WidgetLoader | undefined>;
  /** The signed-in agent whose browser sent the request. */
  readonly signedIn: (cookie: string | undefined, https: boolean) => Promise<Access | undefined>;
}

/** @param hosts of the captcha, with a blank before each */
const contentSecurityPolicy = (hosts: string) =>
  [
    "default-src 'none'",
    `script-src 'self'${hosts}`,
    `style-src 'self' 'unsafe-inline'${hosts}`,
    "img-src 'self' data:",
    "media-src 'self' data:",
    `connect-src 'self'${hosts}`,
    ...(hosts === '' ? [] : [`frame-src${hosts}`]),
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{max-width:44rem;margin:10vh auto;padding:0 1.25rem}
h1{font-size:1.5rem;margin:0 0 .5rem}p,form{margin:0 0 1rem}select,button{font:inherit;padding:.4rem .6rem}
pre{overflow:auto;padding:1rem;border:1px solid color-mix(in srgb,currentColor 20%,transparent);border-radius:.5rem;font-size:.875rem}`;

export function createPreviewPage({
  sites: allSites,
  publicUrl,
  captchaHosts,
  loader,
  signedIn,
}: PreviewPageParts): Router {
  const policy = contentSecurityPolicy(captchaHosts.map((host) => ` ${host}`).join(''));
  const router = Router();
  router.get('/', async (request: Request, response: Response) => {
    response.set({ 'content-security-policy': policy, 'cache-control': 'private, no-store' }).type('html');
    const agent = await signedIn(request.headers.cookie, request.secure);
    if (agent === undefined || !maySomewhere(agent, 'knowledge:manage'))
      return void response.send(
        layout(
          '<p>This server runs a support chat. Administrators can try it here after they sign in.</p>' +
            '<p><a href="./console">Sign in to the console</a></p>',
        ),
      );
    const sites = new Map([...allSites].filter(([id]) => may(agent, 'knowledge:manage', id)));
    const asked = request.query['site'];
    const site = sites.get(typeof asked === 'string' ? asked : '') ?? [...sites.values()][0];
    const address = publicUrl ?? `${request.protocol}://${request.get('host') ?? 'localhost'}`;
    if (site !== undefined) response.send(previewOf(site, [...sites.values()], address, await loader()));
    else response.send(layout('<p>There is no site yet. <a href="./console/sites">Add one in the console</a>.</p>'));
  });
  return router;
}

function previewOf(site: Site, all: readonly Site[], address: string, loader: WidgetLoader | undefined): string {
  const options = all
    .map(
      ({ id, name }) =>
        `<option value="${escapeHtml(id)}"${id === site.id ? ' selected' : ''}>${escapeHtml(name)}</option>`,
    )
    .join('');
  const choice = `<form><label>Site <select name="site">${options}</select></label> <button>Show</button></form>`;
  const origins = site.allowedOrigins.map((origin) => `<code>${escapeHtml(origin)}</code>`).join(', ');
  return layout(
    `${all.length > 1 ? choice : ''}<p>This is the chat of “${escapeHtml(site.name)}” as visitors see it. What you write here is a real conversation.</p>
<p>To add it to your pages on ${origins}, insert:</p>
<pre>&lt;script async src="${escapeHtml(address)}/widget.js" data-site="${escapeHtml(site.id)}"&gt;&lt;/script&gt;</pre>
${loader === undefined ? '' : verifiedTag(loader, address, site.id)}<p><a href="./console">Open the console</a></p>
<script async src="./widget.js" data-site="${escapeHtml(site.id)}" data-open></script>`,
  );
}

function verifiedTag(loader: WidgetLoader, address: string, siteId: string): string {
  return `<p>Or, so that browsers run this version of the script and no other:</p>
<pre>${escapeHtml(loaderTag(loader, address, siteId))}</pre>
`;
}

function layout(body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>Firstword preview</title><style>${STYLE}</style></head><body><main><h1>Firstword</h1>${body}</main></body></html>`;
}
