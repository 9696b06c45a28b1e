/** Pages of a site with the widget in them, and the widget's own files. */
import { createReadStream, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { MARKS_PLACE } from '@firstword/shared/site-mark';

const dist = path.join(path.dirname(fileURLToPath(import.meta.url)), '../dist');

/** @param marks of the sites that have proactive messages, as the product's server writes them into the loader */
export function servePage(request: IncomingMessage, response: ServerResponse, marks = MARKS_PLACE): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname === '/widget.js' || pathname === '/mount.js' || pathname.startsWith('/assets/')) {
    response.setHeader('content-type', 'text/javascript');
    response.setHeader('access-control-allow-origin', '*');
    if (pathname === '/widget.js')
      return void response.end(readFileSync(path.join(dist, 'widget.js'), 'utf8').replace(MARKS_PLACE, marks));
    createReadStream(path.join(dist, path.normalize(pathname)))
      .on('error', () => response.writeHead(404).end())
      .pipe(response);
    return;
  }
  const from = searchParams.get('from') ?? '';
  response.setHeader('content-type', 'text/html');
  // A strict policy: inline styles only on request, and nothing from other origins except the widget's server.
  response.setHeader(
    'content-security-policy',
    `default-src 'none'; script-src 'self' 'nonce-n' ${from}; style-src ${searchParams.get('styles') ?? "'none'"}; connect-src 'self' ${from.replace('http', 'ws')}; img-src data:`,
  );
  if (pathname === '/inline') return void response.end(inlinePage(searchParams.get('locale') ?? 'en'));
  response.end(hostPage(from, searchParams.get('with') ?? '', searchParams.get('body') ?? ''));
}

function hostPage(from: string, attributes: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Host page</title><link rel="icon" href="data:,"></head><body><main><h1>Host page</h1>${body}</main>
<script nonce="n">window.firstword = window.firstword || function () { (firstword.q = firstword.q || []).push(arguments) };</script>
<script async nonce="n" src="${from}/widget.js" data-site="acme" ${attributes}></script></body></html>`;
}

/** A page that imports the package's entry and provides an element for the chat. */
function inlinePage(locale: string): string {
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Help</title><link rel="icon" href="data:,"></head><body><main><h1>Help</h1><div id="chat"></div></main>
<script nonce="n" type="module">
import { mount } from '/mount.js';
window.mount = mount;
const element = document.getElementById('chat');
element.style.height = '560px';
window.events = [];
window.mountChat = () => {
  window.chat = mount({ element, site: 'acme', server: location.origin, locale: '${locale}', onEvent: (name) => events.push(name) });
};
window.mountChat();
</script></body></html>`;
}
