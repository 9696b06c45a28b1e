/** Serves what browsers load: the widget for any page, the console for agents. */
import { join } from 'node:path';
import express, { type Request, type Router } from 'express';
import { createPackedFiles } from './packed-files.ts';

export interface AssetFolders {
  /** Built widget: `widget.js` and `assets/`. */
  readonly widget: string;
  /** Built console: `index.html` and `assets/`. */
  readonly console: string;
}

const HASHED = { immutable: true, maxAge: '365d', index: false, fallthrough: false } as const;
const FOR_A_YEAR = 'public, max-age=31536000, immutable';
/** A build's files lie side by side; anything else is not one of them. */
const FILE = /^\/(\w[\w.-]*)$/;

function fileIn(folder: string): (request: Request) => string | undefined {
  return ({ path }) => {
    const name = FILE.exec(path)?.[1];
    return name === undefined ? undefined : join(folder, name);
  };
}

export function createAssets({ widget, console }: AssetFolders): Router {
  const router = express.Router();
  const packed = createPackedFiles();
  const forAnyPage: express.RequestHandler = (_request, response, next) => {
    response.set({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' });
    next();
  };
  const loader = join(widget, 'widget.js');
  router.get(
    '/widget.js',
    forAnyPage,
    packed(() => loader, 'public, max-age=300'),
    (_request, response) => {
      response.sendFile(loader, { maxAge: '5m' });
    },
  );
  const widgetAssets = join(widget, 'assets');
  router.use('/assets', forAnyPage, packed(fileIn(widgetAssets), FOR_A_YEAR), express.static(widgetAssets, HASHED));
  const consoleAssets = join(console, 'assets');
  router.use('/console/assets', packed(fileIn(consoleAssets), FOR_A_YEAR), express.static(consoleAssets, HASHED));
  const entry = join(console, 'index.html');
  router.get(
    '/console{/*path}',
    packed(() => entry, 'no-cache'),
    (_request, response) => {
      response.set('cache-control', 'no-cache').sendFile(entry, { cacheControl: false });
    },
  );
  return router;
}
