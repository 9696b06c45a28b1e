/** Serves pages of a shop that use well-known libraries, with the widget in them. The libraries come from npm. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { listenLocally } from '@firstword/testing/listen-locally';
import { build } from 'vite';

export interface LibraryPages {
  readonly url: string;
  /** Pages load the widget from there. */
  useWidget(url: string): void;
  stop(): Promise<void>;
}

const here = createRequire(import.meta.url);
const react18 = createRequire(new URL('../../../tools/react-18/package.json', import.meta.url));

/** Bundles one of `pages/` for a browser. StrictMode acts in development builds only. */
async function bundle(page: string, alias: Readonly<Record<string, string>> = {}): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"development"' },
    resolve: { alias },
    build: {
      write: false,
      minify: false,
      rollupOptions: { input: fileURLToPath(new URL(`../pages/${page}`, import.meta.url)) },
    },
  });
  const [built] = [output].flat();
  const entry = built && 'output' in built ? built.output[0] : undefined;
  if (entry === undefined) throw new Error(`${page} was not built`);
  return entry.code;
}

const file = (name: string) => () => readFileSync(here.resolve(name), 'utf8');
const folderOf = (name: string) => path.dirname(react18.resolve(`${name}/package.json`));

const SCRIPTS: Readonly<Record<string, () => string | Promise<string>>> = {
  '/react-18.js': () => bundle('react-chat.js', { 'react-dom': folderOf('react-dom'), react: folderOf('react') }),
  '/react-19.js': () => bundle('react-chat.js'),
  '/radix.js': () => bundle('radix-dialog.js'),
  '/hotkey.js': file('@github/hotkey'),
  '/bootstrap.js': file('bootstrap/dist/js/bootstrap.bundle.js'),
  '/turbo.js': file('@hotwired/turbo/dist/turbo.es2017-umd.js'),
  '/htmx.js': file('htmx.org/dist/htmx.js'),
};

/** What each page has besides the widget; `tag` is the widget's script element. */
const PAGES: Readonly<Record<string, (tag: string, widget: string) => { head?: string; body: string }>> = {
  '/plain': (head) => ({ head, body: '' }),
  '/react-18': (_, widget) => reactPage('/react-18.js', widget),
  '/react-19': (_, widget) => reactPage('/react-19.js', widget),
  '/radix': (head) => ({ head, body: '<div id="root"></div><script type="module" src="/radix.js"></script>' }),
  '/hotkey': (head) => ({
    head,
    body: `<input id="field" data-hotkey="/,s"><button data-hotkey="n" onclick="window.clicked = true">Next</button>
<script type="module">import { install } from '/hotkey.js'; for (const e of document.querySelectorAll('[data-hotkey]')) install(e);</script>`,
  }),
  '/bootstrap': (head) => ({
    head,
    body: `<div class="modal" id="modal" tabindex="-1"><div class="modal-dialog"><input id="field"></div></div>
<script src="/bootstrap.js"></script><script>new bootstrap.Modal('#modal', { backdrop: false }).show()</script>`,
  }),
  '/turbo': (tag) => visitPage(`<script src="/turbo.js"></script>${tag}`, '/turbo-next'),
  '/turbo-next': (tag) => visitPage(`<script src="/turbo.js"></script>${tag}`, '/turbo'),
  '/htmx': (tag) => visitPage(`<script src="/htmx.js"></script>${tag}`, '/htmx-next'),
  '/htmx-next': (tag) => visitPage(`<script src="/htmx.js"></script>${tag}`, '/htmx'),
};

function reactPage(script: string, widget: string) {
  return { body: `<div id="root" data-widget="${widget}"></div><script type="module" src="${script}"></script>` };
}
function visitPage(head: string, to: string) {
  return { head, body: `<main hx-boost="true"><a id="visit" href="${to}" hx-target="body">Visit ${to}</a></main>` };
}

export async function startLibraryPages(): Promise<LibraryPages> {
  const built = new Map<string, string | Promise<string>>();
  let widget = '';
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop');
    const [script, page] = [SCRIPTS[pathname], PAGES[pathname]];
    if (script) {
      if (!built.has(pathname)) built.set(pathname, script());
      return void response.setHeader('content-type', 'text/javascript').end(await built.get(pathname));
    }
    if (!page) return void response.writeHead(404).end();
    const address = `${widget}/widget.js`;
    const { head = '', body } = page(`<script async src="${address}" data-site="acme"></script>`, address);
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`);
  });
  const port = await listenLocally(server);
  return {
    url: `http://localhost:${port}`,
    useWidget(url) {
      widget = url;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
