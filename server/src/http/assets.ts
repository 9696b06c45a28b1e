/** Serves what browsers load: the widget for any page, the console for agents. */
import { join } from 'node:path';
import express, { type Router } from 'express';

export interface AssetFolders {
  /** Built widget: `widget.js` and `assets/`. */
  readonly widget: string;
  /** Built console: `index.html` and `assets/`. */
  readonly console: string;
}

const HASHED = { immutable: true, maxAge: '365d', index: false, fallthrough: false } as const;

export function createAssets({ widget, console }: AssetFolders): Router {
  const router = express.Router();
  const forAnyPage: express.RequestHandler = (_request, response, next) => {
    response.set({ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' });
    next();
  };
  router.get('/widget.js', forAnyPage, (_request, response) => {
    response.sendFile(join(widget, 'widget.js'), { maxAge: '5m' });
  });
  router.use('/assets', forAnyPage, express.static(join(widget, 'assets'), HASHED));
  router.use('/console/assets', express.static(join(console, 'assets'), HASHED));
  router.get('/console{/*path}', (_request, response) => {
    response.set('cache-control', 'no-cache').sendFile(join(console, 'index.html'), { cacheControl: false });
  });
  return router;
}
