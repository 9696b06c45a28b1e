/** The code of each page, loaded when it is opened. The charts and forms would otherwise delay the ticket list. */
import type { ComponentType } from 'preact';
import type { Result } from '../api-result.ts';
import type { LoadedPage } from '../pages.ts';
import { createResource, type Resource } from '../resource.ts';
import { failureTexts } from '../texts/failure-texts.ts';
import type { Workspace } from '../workspace.ts';

type PageComponent = ComponentType<{ workspace: Workspace }>;

const CODE: Readonly<Record<LoadedPage, () => Promise<PageComponent>>> = {
  'response-time': async () => (await import('./response-time-page.tsx')).ResponseTimePage,
  cost: async () => (await import('./cost-page.tsx')).CostPage,
  quality: async () => (await import('./quality-page.tsx')).QualityPage,
  account: async () => (await import('./account-page.tsx')).AccountPage,
  team: async () => (await import('./team-page.tsx')).TeamPage,
  'api-tokens': async () => (await import('./tokens-page.tsx')).TokensPage,
  webhooks: async () => (await import('./webhooks-page.tsx')).WebhooksPage,
  'canned-replies': async () => (await import('./canned-page.tsx')).CannedPage,
  'set-up': async () => (await import('./set-up-page.tsx')).SetUpPage,
  sites: async () => (await import('./sites-page.tsx')).SitesPage,
  models: async () => (await import('./models-page.tsx')).ModelsPage,
  audit: async () => (await import('./audit-page.tsx')).AuditPage,
  knowledge: async () => (await import('./knowledge-page.tsx')).KnowledgePage,
};

export type PageCode = Resource<object, PageComponent>;

/** A page that was opened before is shown at once. */
export function createPageCode(): (page: LoadedPage) => PageCode {
  const opened = new Map<LoadedPage, PageCode>();
  return (page) => {
    const code = opened.get(page) ?? createResource({}, () => loadPage(page));
    opened.set(page, code);
    return code;
  };
}

async function loadPage(page: LoadedPage): Promise<Result<PageComponent>> {
  try {
    return { ok: true, value: await CODE[page]() };
  } catch {
    return { ok: false, code: 'offline', message: failureTexts.noCode };
  }
}
