/** The navigation bar: pages, commands, and the signed-in agent. */
import { maySomewhere } from '@firstword/shared/permissions';
import { basePath } from '../base-path.ts';
import { COMMANDS, commandOf } from '../commands/commands.ts';
import { keyLabel } from '../commands/shortcuts.ts';
import { type LoadedPage, pageOf, pagesFor } from '../pages.ts';
import { commonTexts } from '../texts/common-texts.ts';
import { conversationTexts } from '../texts/conversation-texts.ts';
import { listTexts } from '../texts/list-texts.ts';
import type { Workspace } from '../workspace.ts';
import { Icon, type IconName, Mark } from './icons.tsx';
import { PageLink } from './page-link.tsx';
import { isMac } from './platform.ts';
import { StatusMenu } from './status-menu.tsx';

export function Rail({ workspace }: { workspace: Workspace }) {
  const { session, router } = workspace;
  const shown = router.page.value;
  const [settings] = pagesFor('settings', session.agent);
  return (
    <nav class="rail" aria-label={commonTexts.console}>
      <Mark />
      {maySomewhere(session.agent, 'tickets:read') && (
        <a
          class="rail__item"
          href={`${basePath}/console`}
          aria-current={router.page.value === 'tickets' ? 'page' : undefined}
          aria-label={listTexts.tickets}
          data-tip={listTexts.tickets}
          onClick={(event) => {
            event.preventDefault();
            router.go(undefined);
          }}
        >
          <Icon name="tickets" />
        </a>
      )}
      {maySomewhere(session.agent, 'conversations:read') && (
        <BarLink workspace={workspace} page="conversations" title={conversationTexts.title} icon="conversations" />
      )}
      {pagesFor('bar', session.agent).map((page) => (
        <BarLink key={page} workspace={workspace} page={page} {...pageOf(page)} />
      ))}
      {settings !== undefined && (
        <PageLink
          router={router}
          page={settings}
          class="rail__item"
          current={shown !== 'tickets' && shown !== 'conversations' && pageOf(shown).group === 'settings'}
          label={commonTexts.settings}
          tip={commonTexts.settings}
        >
          <Icon name="settings" />
        </PageLink>
      )}
      <span class="rail__space" />
      <button
        type="button"
        class="rail__item"
        aria-label={COMMANDS.search.label}
        data-tip={`${COMMANDS.search.label} · /`}
        onClick={() => workspace.run('search')}
      >
        <Icon name="search" />
      </button>
      <button
        type="button"
        class="rail__item rail__item--optional"
        aria-label={COMMANDS.palette.label}
        data-tip={`${COMMANDS.palette.label} · ${keyLabel('mod+k', isMac)}`}
        onClick={() => workspace.run('palette')}
      >
        <Icon name="command" />
      </button>
      <button
        type="button"
        class="rail__item rail__item--optional"
        aria-label={COMMANDS.shortcuts.label}
        data-tip={`${COMMANDS.shortcuts.label} · ?`}
        onClick={() => workspace.run('shortcuts')}
      >
        <Icon name="keyboard" />
      </button>
      <button
        type="button"
        class="rail__item"
        aria-label={COMMANDS['sign-out'].label}
        data-tip={COMMANDS['sign-out'].label}
        onClick={() => workspace.run('sign-out')}
      >
        <Icon name="leave" />
      </button>
      <StatusMenu workspace={workspace} />
    </nav>
  );
}

interface BarLinkProps {
  readonly workspace: Workspace;
  readonly page: 'conversations' | LoadedPage;
  readonly title: string;
  readonly icon: IconName;
}

function BarLink({ workspace: { router }, page, title, icon }: BarLinkProps) {
  return (
    <PageLink
      router={router}
      page={page}
      class="rail__item"
      current={router.page.value === page}
      label={title}
      tip={`${title} · ${commandOf(page).key}`}
    >
      <Icon name={icon} />
    </PageLink>
  );
}
