/** Chooses the page: account set-up, sign-in or the workspace. */
import { mayEverywhere } from '@firstword/shared/permissions';
import type { SessionView } from '@firstword/shared/sign-in';
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Api } from './api.ts';
import type { Router } from './router.ts';
import { commonTexts } from './texts/common-texts.ts';
import { factorTexts } from './texts/factor-texts.ts';
import { EntryPage } from './ui/entry-page.tsx';
import { FactorForm } from './ui/factor-form.tsx';
import { FirstRunPage } from './ui/first-run-page.tsx';
import { SignInPage } from './ui/sign-in-page.tsx';
import { WorkPage } from './ui/work-page.tsx';
import type { Workspace } from './workspace.ts';

export interface AppController {
  /** `undefined` until it is known whether this browser is signed in. */
  readonly entry: ReadonlySignal<Entry | undefined>;
  enter(): Promise<void>;
  /** Opens the workspace again if the agent's roles have changed. Drafts stay. */
  checkAccess(): Promise<void>;
  /** @param hint the reason, unless the agent signed out */
  signedOut(hint: string | undefined): void;
}

type Entry =
  | { page: 'first-run' }
  | { page: 'sign-in'; hint: string | undefined }
  | { page: 'second-factor' }
  /** `opened` counts the workspaces, so that each is drawn from the start. */
  | { page: 'work'; workspace: Workspace; opened: number };

export interface AppControllerParts {
  readonly api: Api;
  readonly router: Router;
  readonly openWorkspace: (session: SessionView) => Workspace;
}

export function createAppController({ api, router, openWorkspace }: AppControllerParts): AppController {
  const entry = signal<Entry | undefined>(router.firstRun ? { page: 'first-run' } : undefined);
  let opened = 0;
  const open = (session: SessionView) => {
    opened += 1;
    entry.value = { page: 'work', workspace: openWorkspace(session), opened };
  };
  return {
    entry,
    async enter() {
      const result = await api.readSession();
      if (result.ok) {
        if (router.firstRun && (await hasOnlyDemo(api, result.value))) router.show('set-up');
        else if (router.firstRun) router.go(undefined);
        if (result.value.secondFactor === 'missing') entry.value = { page: 'second-factor' };
        else open(result.value);
      } else if (entry.value?.page !== 'sign-in') {
        entry.value = { page: 'sign-in', hint: result.code === 'signed-out' ? undefined : commonTexts.offline };
      }
    },
    async checkAccess() {
      const shown = entry.value;
      const result = await api.readSession();
      if (!result.ok || shown?.page !== 'work' || entry.value !== shown) return;
      const { session } = shown.workspace;
      if (JSON.stringify(result.value.agent.roles) === JSON.stringify(session.agent.roles)) return;
      shown.workspace.close();
      open(result.value);
    },
    signedOut(hint) {
      if (entry.value?.page !== 'work') return;
      entry.value.workspace.close();
      entry.value = { page: 'sign-in', hint };
    },
  };
}

/** Whether a first site is still to be made by this agent. */
async function hasOnlyDemo(api: Api, { agent }: SessionView): Promise<boolean> {
  if (!mayEverywhere(agent, 'installation:manage')) return false;
  const overview = await api.sites.list();
  return overview.ok && overview.value.sites.every(({ origin }) => origin === 'demo');
}

export function App({ api, router, controller }: { api: Api; router: Router; controller: AppController }) {
  const entry = controller.entry.value;
  switch (entry?.page) {
    case undefined:
      return <p class="entry__wait">{commonTexts.loading}</p>;
    case 'first-run':
      return <FirstRunPage api={api} token={router.token} onSignedIn={controller.enter} />;
    case 'sign-in':
      return <SignInPage api={api} hint={entry.hint} failure={router.signInFailure} onSignedIn={controller.enter} />;
    case 'second-factor':
      return (
        <EntryPage title={factorTexts.setUp} hint={factorTexts.required}>
          <FactorForm api={api.team} onDone={() => void controller.enter()} />
        </EntryPage>
      );
    case 'work':
      return <WorkPage key={entry.opened} workspace={entry.workspace} />;
  }
}
