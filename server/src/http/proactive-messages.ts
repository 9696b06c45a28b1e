/** `GET /proactive-messages/<site>`: what the closed chat of a site may say on its own. The same for everyone, so caches may share it. */
import type { ProactiveMessages } from '@firstword/shared/proactive-message';
import type { Site } from '@firstword/shared/site';
import { Router } from 'express';

/** As long as a process may take to use a change. Later, the response's tag spares its body. */
const TWO_SECONDS = 'public, max-age=2';

/** @param sites those that visitors may use */
export function createProactiveMessages(sites: ReadonlyMap<string, Site>): Router {
  const router = Router();
  router.get('/:site', (request, response) => {
    // The texts are on the site's public pages, and the response depends on nothing but the address.
    response.set({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': TWO_SECONDS,
    });
    const site = sites.get(request.params.site);
    if (site === undefined)
      return void response.status(404).json({ code: 'not-found', message: 'There is no such site.' });
    const { name, hours, proactiveMessages: messages } = site;
    const found: ProactiveMessages = { name, ...(hours && { hours }), messages };
    response.json(found);
  });
  return router;
}
