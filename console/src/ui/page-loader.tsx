/** Shows a page beside the tickets once its code is loaded. */
import { useEffect } from 'preact/hooks';
import { type LoadedPage, pageOf } from '../pages.ts';
import { commonTexts } from '../texts/common-texts.ts';
import { reportTexts } from '../texts/report-texts.ts';
import type { Workspace } from '../workspace.ts';
import type { PageCode } from './page-code.ts';
import { ReportFailed } from './report-failed.tsx';
import { SettingsNav } from './settings-nav.tsx';

export interface PageLoaderProps {
  readonly workspace: Workspace;
  readonly page: LoadedPage;
  readonly code: PageCode;
}

export function PageLoader({ workspace, page, code }: PageLoaderProps) {
  useEffect(() => {
    if (code.response.value === undefined) void code.load();
  }, [code]);

  async function tryAgain() {
    await code.load();
    // The server responds, but no longer has this chunk: the console was updated since this page was loaded.
    if (code.failed.value && workspace.connection.value === 'live') location.reload();
  }

  const Page = code.response.value;
  const { title, group } = pageOf(page);
  const shown =
    Page !== undefined ? (
      <Page workspace={workspace} />
    ) : (
      <main class="report" aria-busy={code.busy.value}>
        <header class="report__head">
          <h1>{title}</h1>
        </header>
        {code.failed.value ? (
          <ReportFailed text={reportTexts.pageNotLoaded} onTryAgain={tryAgain} />
        ) : (
          <p class="report__quiet">{commonTexts.loading}</p>
        )}
      </main>
    );
  if (group !== 'settings') return shown;
  return (
    <div class="settings">
      <SettingsNav workspace={workspace} page={page} />
      {shown}
    </div>
  );
}
