/** The navigation of the settings, beside each of their pages. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type LoadedPage, pageOf, pagesFor } from '../pages.ts';
import { commonTexts } from '../texts/common-texts.ts';
import type { Workspace } from '../workspace.ts';
import { PageLink } from './page-link.tsx';

export function SettingsNav({ workspace: { router, session }, page }: { workspace: Workspace; page: LoadedPage }) {
  const bar = useRef<HTMLElement>(null);
  // On a phone it is one line, wider than the page.
  useLayoutEffect(() => {
    bar.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [page]);
  return (
    <nav ref={bar} class="settings__nav" aria-label={commonTexts.settings}>
      {pagesFor('settings', session.agent).map((id) => (
        <PageLink key={id} router={router} page={id} class="settings__link" current={id === page}>
          {pageOf(id).title}
        </PageLink>
      ))}
    </nav>
  );
}
