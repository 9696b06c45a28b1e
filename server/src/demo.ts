/** What an installation without configuration has: the demo's parts, and one site. */
import { type Site, siteSchema } from '@firstword/shared/site';
import type { Router } from 'express';
import { DEFAULT_SITE_ID } from './config/config-checks.ts';

/** What `npm start` adds to an installation without configuration. The production image has none. */
export interface Demo {
  /** Path of the demo engine's entry point. */
  readonly engineEntry: string;
  readonly articlesDirectory: string;
  readonly siteName: string;
  readonly greeting: string;
  readonly suggestions: readonly string[];
  /** The help centre with the widget on it. */
  createPages(options: { siteId: string; engineLabel: () => string }): Promise<Router>;
}

/** Opened on the server's own pages, which every site allows. */
export function defaultSite(demo: Demo | undefined): Site {
  const site = siteSchema.omit({ allowedOrigins: true }).parse({
    id: DEFAULT_SITE_ID,
    name: demo?.siteName ?? 'Support',
    greeting: demo?.greeting ?? 'Hello. How can we help?',
    suggestions: demo?.suggestions ?? [],
  });
  return { ...site, allowedOrigins: [] };
}
