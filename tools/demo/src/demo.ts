/** The demo that `npm start` runs without a configuration: the shop's help centre, its articles and the demo engine. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Demo } from '@firstword/server/demo';
import { readArticles } from './article-files.ts';
import { createDemoSite } from './demo-site.ts';

const content = fileURLToPath(new URL('../content', import.meta.url));
const articlesDirectory = join(content, 'articles');
/** The build keeps both entry points in one folder, as the source does. */
const engineEntry = import.meta.url.endsWith('.ts') ? './demo-engine-main.ts' : './demo-engine-main.js';

export const demo: Demo = {
  engineEntry: fileURLToPath(new URL(engineEntry, import.meta.url)),
  articlesDirectory,
  siteName: 'Wendleby',
  greeting: 'Hello. Ask about orders, delivery, returns or anything else.',
  suggestions: [
    'How long do I have to return an item?',
    'What does delivery cost?',
    'My parcel arrived damaged',
    'Which payment methods do you accept?',
  ],
  createPages: async (options) =>
    createDemoSite({
      ...options,
      articles: await readArticles(articlesDirectory),
      assetsDir: join(content, 'site'),
      widgetSrc: '/widget.js',
      consoleUrl: '/console',
    }),
};
