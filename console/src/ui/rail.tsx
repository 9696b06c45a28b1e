/** The navigation bar: pages, commands, and the signed-in agent. */
import { may, type Permission } from '@firstword/shared/permissions';
import { basePath } from '../base-path.ts';
import { COMMANDS, commandOf } from '../commands/commands.ts';
import { keyLabel } from '../commands/shortcuts.ts';
import { LOADED_PAGES, type PageName } from '../router.ts';
import { commonTexts } from '../texts/common-texts.ts';
import { conversationTexts } from '../texts/conversation-texts.ts';
import { listTexts } from '../texts/list-texts.ts';
import { pageTitles } from '../texts/page-titles.ts';
import type { Workspace } from '../workspace.ts';
import { Avatar } from './avatar.tsx';
import { Icon, Mark } from './icons.tsx';
import { isMac } from './platform.ts';

const PAGES = ['conversations', ...LOADED_PAGES] as const;
/** What a page needs; those that are not listed are for every role. */
const NEEDED: Partial<Record<PageName, Permission>> = {
  tickets: 'tickets:read',
  conversations: 'conversations:read',
  'response-time': 'reports:read',
  cost: 'costs:read',
  knowledge: 'knowledge:manage',
  team: 'team:manage',
  'api-tokens': 'team:manage',
};
const TITLES = { ...pageTitles, conversations: conversationTexts.title };

export function Rail({ workspace }: { workspace: Workspace }) {
  const { session, router } = workspace;
  const isOpen = (page: PageName) => {
    const needed = NEEDED[page];
    return needed === undefined || may(session.agent, needed);
  };
  return (
    <nav class="rail" aria-label={commonTexts.console}>
      <Mark />
      {isOpen('tickets') && (
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
      {PAGES.filter(isOpen).map((page) => (
        <a
          key={page}
          class="rail__item"
          href={router.pageHref(page)}
          aria-current={router.page.value === page ? 'page' : undefined}
          aria-label={TITLES[page]}
          data-tip={[TITLES[page], commandOf(page).key].filter(Boolean).join(' · ')}
          onClick={(event) => {
            event.preventDefault();
            router.show(page);
          }}
        >
          <Icon name={page} />
        </a>
      ))}
      <span class="rail__space" />
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
      <span class="rail__self" data-tip={`${session.agent.name} · ${session.agent.email}`}>
        <Avatar name={session.agent.name} />
      </span>
    </nav>
  );
}
