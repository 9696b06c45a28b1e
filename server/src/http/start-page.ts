/** What is at `/`: the demo's pages as long as its site is there, then the preview of the own sites. */
import { type RequestHandler, Router } from 'express';

export interface StartPageParts {
  readonly demo: RequestHandler | undefined;
  readonly isDemo: () => boolean;
  readonly preview: RequestHandler;
}

export function createStartPage({ demo, isDemo, preview }: StartPageParts): Router {
  const router = Router();
  router.use((request, response, next) => (isDemo() && demo ? demo : preview)(request, response, next));
  return router;
}
