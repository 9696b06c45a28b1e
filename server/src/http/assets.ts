/** Serves the built files that browsers load: the widget for any page, the console for agents. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import express, { type RequestHandler, type Response, type Router } from 'express';
import sirv from 'sirv';
import type { AssetArchive, BuiltPart } from '../store/asset-archive.ts';
import { serveMarkedLoader } from './proactive-sites.ts';
import { LOADER_FILE } from './widget-loader.ts';

export interface AssetFolders {
  /** Built widget: `widget.js` and `assets/`. */
  readonly widget: string;
  /** Built console: `index.html`, `push-worker.js` and `assets/`. */
  readonly console: string;
}

const ONE_YEAR = 'public, max-age=31536000, immutable';
/** No text becomes HTML or a script in the console, whatever its code does: its default policy admits the service worker alone. */
const TRUSTED_TYPES = ";require-trusted-types-for 'script';trusted-types default";
/** A page never waits for a newer loader: it uses the one it has, and fetches the newer one for the next page. */
const LOADER = 'public, max-age=60, stale-while-revalidate=240';

/** @param marks of the sites that have proactive messages */
export function createAssets(
  { widget, console }: AssetFolders,
  archive: Pick<AssetArchive, 'find'>,
  marks: () => string,
): Router {
  const router = express.Router();
  router.get(
    '/widget.js',
    forAnyPage,
    serveMarkedLoader(widget, marks, LOADER),
    serveFile(widget, 'widget.js', LOADER),
  );
  const versioned = serveFolder(join(widget, 'assets'), ONE_YEAR);
  router.get(LOADER_FILE, forAnyPage, versioned, serveArchived(archive, 'widget'));
  router.use('/assets', forAnyPage, serveFolder(join(widget, 'assets'), ONE_YEAR), serveArchived(archive, 'widget'));
  router.use('/console/assets', serveFolder(join(console, 'assets'), ONE_YEAR), serveArchived(archive, 'console'));
  router.get('/console/push-worker.js', serveFile(console, 'push-worker.js', 'no-cache'));
  router.get('/console{/*path}', serveConsolePage(join(console, 'index.html')));
  return router;
}

/** Makes the page's addresses relative to the request, so that it works below any path a proxy puts in front. */
function serveConsolePage(file: string): RequestHandler {
  return async (request, response) => {
    const depth = request.path.split('/').length - 2;
    const folder = depth === 0 ? './console/' : depth === 1 ? './' : '../'.repeat(depth - 1);
    const page = await readFile(file, 'utf8');
    response
      .set('content-security-policy', `${response.get('content-security-policy') ?? ''}${TRUSTED_TYPES}`)
      .set('cache-control', 'no-cache')
      .type('html')
      .send(page.replaceAll('"./assets/', `"${folder}assets/`));
  };
}

const forAnyPage: RequestHandler = (_request, response, next) => {
  response.set({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' });
  next();
};

/** Serves a file of an earlier or a later build, and 404 otherwise. */
function serveArchived(archive: Pick<AssetArchive, 'find'>, part: BuiltPart): RequestHandler {
  return async (request, response) => {
    const name = request.path.slice(1);
    const packed = await archive.find(part, name);
    if (packed === undefined) {
      response.status(404).set('cache-control', 'no-store');
      return void response.json({ code: 'not-found', message: `There is nothing at ${request.originalUrl}.` });
    }
    const brotli = request.acceptsEncodings('br') === 'br';
    if (brotli) response.set('content-encoding', 'br');
    response
      .type(name.slice(name.lastIndexOf('.')))
      .set({ 'cache-control': ONE_YEAR, vary: 'Accept-Encoding' })
      .send(brotli ? packed : brotliDecompressSync(packed));
  };
}

/** The builds leave `.br` and `.gz` beside each file; sirv sends the smallest one that the browser accepts. */
function serveFolder(folder: string, cacheControl: string): RequestHandler {
  const serve = sirv(folder, {
    // Looks each file up when it is requested, because a build may replace it while the server runs.
    dev: true,
    etag: true,
    brotli: true,
    gzip: true,
    extensions: [],
    setHeaders(response, path) {
      // sirv names no charset, and a classic script would be read in that of the embedding page.
      (response as Response).type(path.slice(path.lastIndexOf('.'))).set('cache-control', cacheControl);
    },
  });
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    // sirv ignores `q=0` and cuts ranges out of compressed bytes. A server may always send the whole file instead.
    request.headers['accept-encoding'] = ['br', 'gzip'].filter((each) => request.acceptsEncodings(each)).join(', ');
    delete request.headers.range;
    serve(request, response, next);
  };
}

function serveFile(folder: string, file: string, cacheControl: string): RequestHandler {
  const serve = serveFolder(folder, cacheControl);
  return (request, response, next) => {
    request.url = `/${file}`;
    serve(request, response, next);
  };
}
