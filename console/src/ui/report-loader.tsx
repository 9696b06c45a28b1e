/** Loads the code of the pages beside the tickets when the first one is opened. The charts would otherwise delay the ticket list. */
import { useEffect } from 'preact/hooks';
import type { Result } from '../api.ts';
import type { Resource } from '../resource.ts';
import type { LoadedPage } from '../router.ts';
import { commonTexts } from '../texts/common-texts.ts';
import { pageTitles } from '../texts/page-titles.ts';
import { reportTexts } from '../texts/report-texts.ts';
import type { Workspace } from '../workspace.ts';
import { ReportFailed } from './report-failed.tsx';

type ReportCode = typeof import('./report-pages.tsx');

export async function loadReportCode(): Promise<Result<ReportCode>> {
  try {
    return { ok: true, value: await import('./report-pages.tsx') };
  } catch {
    return { ok: false, code: 'offline', message: 'The code of the report pages couldn’t be loaded.' };
  }
}

export interface ReportLoaderProps {
  readonly workspace: Workspace;
  readonly page: LoadedPage;
  readonly code: Resource<object, ReportCode>;
}

export function ReportLoader({ workspace, page, code }: ReportLoaderProps) {
  useEffect(() => {
    if (code.response.value === undefined) void code.load();
  }, [code]);

  async function tryAgain() {
    await code.load();
    // The server responds, but no longer has this chunk: the console was updated since this page was loaded.
    if (code.failed.value && workspace.connection.value === 'live') location.reload();
  }

  if (code.response.value !== undefined) {
    const Page = code.response.value.reportPages[page];
    return <Page workspace={workspace} />;
  }
  return (
    <main class="report" aria-busy={code.busy.value}>
      <header class="report__head">
        <h1>{pageTitles[page]}</h1>
      </header>
      {code.failed.value ? (
        <ReportFailed text={reportTexts.pageNotLoaded} onTryAgain={tryAgain} />
      ) : (
        <p class="report__quiet">{commonTexts.loading}</p>
      )}
    </main>
  );
}
