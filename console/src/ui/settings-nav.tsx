/** The navigation of the settings, beside each of their pages. */
import { type LoadedPage, pageOf, pagesFor } from '../pages.ts';
import { commonTexts } from '../texts/common-texts.ts';
import type { Workspace } from '../workspace.ts';
import { PageLink } from './page-link.tsx';

export function SettingsNav({ workspace: { router, session }, page }: { workspace: Workspace; page: LoadedPage }) {
  return (
    <nav class="settings__nav" aria-label={commonTexts.settings}>
      {pagesFor('settings', session.agent.role).map((id) => (
        <PageLink key={id} router={router} page={id} class="settings__link" current={id === page}>
          {pageOf(id).title}
        </PageLink>
      ))}
    </nav>
  );
}
