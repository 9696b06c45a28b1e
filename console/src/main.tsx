/** Starts the console. */
import { render } from 'preact';
import { createApi } from './api.ts';
import { App, createAppController } from './app.tsx';
import { createDrafts } from './drafts.ts';
import { connectLive } from './live.ts';
import { createRouter } from './router.ts';
import './styles.ts';
import { createSyncedDrafts } from './synced-drafts.ts';
import { commonTexts } from './texts/common-texts.ts';
import { signInTexts } from './texts/sign-in-texts.ts';
import { language } from './texts/translated.ts';
import { createWorkspace } from './workspace.ts';

document.documentElement.lang = language;
document.title = commonTexts.pageTitle;
// Their URLs are relative to the page's URL, which the router changes.
for (const link of document.querySelectorAll('link')) link.href = String(link.href);

const router = createRouter(window, (back) => window.addEventListener('popstate', back));
const api = createApi({
  fetch: window.fetch.bind(window),
  onSignedOut: () => controller.signedOut(signInTexts.signedOut),
});
const controller = createAppController({
  api,
  router,
  openWorkspace: (session) =>
    createWorkspace({
      api,
      drafts: createSyncedDrafts(createDrafts(window.localStorage, session.agent.id), api.drafts),
      router,
      session,
      connect: connectLive,
      onSignedOut: controller.signedOut,
      checkAccess: () => void controller.checkAccess(),
    }),
});
if (!router.firstRun) void controller.enter();

const root = document.getElementById('console');
if (root !== null) render(<App api={api} router={router} controller={controller} />, root);
