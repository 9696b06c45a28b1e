/** The router of the demo shop's help centre: home page, search, one page per article, and their assets. */
import express, { type Router } from 'express';
import type { Article } from './article-files.ts';
import { createArticleRenderer } from './article-html.ts';
import { createArticleSearch } from './article-search.ts';
import { createLayout, type SiteFrame } from './site-layout.ts';
import { articlePage, homePage, notFoundPage, resultsPage } from './site-pages.ts';

export interface DemoSiteOptions extends SiteFrame {
  readonly articles: readonly Article[];
  /** Folder that holds `help.css`, `help.js` and `mark.svg`. */
  readonly assetsDir: string;
}

/** A strict policy, because the widget has to work under one. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "media-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ');

const QUERY_CHARACTERS = 200;

/** Makes the page's links relative, so that they work below any path a proxy puts in front. */
const withLinksFrom = (up: string, page: string) => page.replaceAll(/ (href|src|action)="\/(?!\/)/g, ` $1="${up}`);

/** Serves `/`, `/help/:id` and `/site/…`; leaves other paths to the next handler. */
export function createDemoSite({ articles, assetsDir, ...frame }: DemoSiteOptions): Router {
  const layout = createLayout(frame);
  const search = createArticleSearch(articles);
  const render = createArticleRenderer(articles);
  // The frame is written with each request: what answers may change.
  const bodies = new Map(articles.map((one) => [one.id, articlePage(one, render(one), articles)]));

  const router = express.Router();
  router.use('/site', express.static(assetsDir, { index: false, fallthrough: false, maxAge: '1h' }));
  router.use(['/', '/help'], (request, response, next) => {
    if (request.path === '/' || request.baseUrl === '/help') {
      response.setHeader('content-security-policy', CONTENT_SECURITY_POLICY);
      response.setHeader('cache-control', 'no-cache');
    }
    next();
  });
  router.get('/', (request, response) => {
    const { q } = request.query;
    const query = typeof q === 'string' ? q.trim().slice(0, QUERY_CHARACTERS) : '';
    response
      .type('html')
      .send(withLinksFrom('./', layout(query === '' ? homePage(articles) : resultsPage(query, search(query)))));
  });
  router.get('/help/:id', (request, response) => {
    const body = bodies.get(request.params.id);
    response
      .status(body === undefined ? 404 : 200)
      .type('html')
      .send(withLinksFrom('../', layout(body ?? notFoundPage())));
  });
  return router;
}
