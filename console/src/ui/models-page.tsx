/** The Models page: the endpoint, its last check, the models in use with their order by region, and the history. */
import { mayEverywhere } from '@firstword/shared/permissions';
import { useEffect } from 'preact/hooks';
import { commonTexts } from '../texts/common-texts.ts';
import { modelSettingLabel, modelSettingsTexts as texts } from '../texts/model-settings-texts.ts';
import { teamTexts } from '../texts/team-texts.ts';
import type { Workspace } from '../workspace.ts';
import { BenchmarkPart } from './benchmark-part.tsx';
import { CheckLines, CheckSummary } from './check-lines.tsx';
import { Ago } from './clock.tsx';
import { LiveChains } from './live-chains.tsx';
import { ModelForm } from './model-form.tsx';
import { ModelsInUse } from './models-in-use.tsx';
import { ReportFailed } from './report-failed.tsx';
import { SettingVersions } from './setting-versions.tsx';

export function ModelsPage({ workspace }: { workspace: Workspace }) {
  const { modelSettings: models, session } = workspace;
  const isAllowed = mayEverywhere(session.agent, 'installation:manage');
  const view = models.view.response.value;
  useEffect(() => {
    if (isAllowed) void models.load();
    return models.leave;
  }, [models, isAllowed]);
  const hasFailed = models.view.failed.value;
  return (
    <main class="report" aria-busy={view === undefined && !hasFailed}>
      <header class="report__head">
        <h1>{texts.title}</h1>
      </header>
      {!isAllowed && <p class="report__empty">{teamTexts.notAllowed}</p>}
      {hasFailed && <ReportFailed text={texts.notRead} onTryAgain={() => models.load()} />}
      {isAllowed && view === undefined && !hasFailed && <p class="report__quiet">{commonTexts.loading}</p>}
      {view !== undefined && (
        <>
          <p class="report__quiet">{texts.hint}</p>
          <section class="report__part" aria-label={texts.form}>
            <h2>{texts.form}</h2>
            <p>{texts.sources[view.source]}</p>
            <ModelForm models={models} />
          </section>
          <LastCheck workspace={workspace} />
          <ModelsInUse view={view} felt={models.felt.response.value} />
          <LiveChains chains={view.chains} />
          <BenchmarkPart benchmarks={workspace.benchmarks} />
          <Versions workspace={workspace} />
        </>
      )}
    </main>
  );
}

function LastCheck({ workspace: { modelSettings: models } }: { workspace: Workspace }) {
  const { lastCheck: last, source } = models.view.response.value ?? {};
  const running = models.check.value?.of === 'in-use' ? models.check.value : undefined;
  const isRunning = running?.isRunning === true || models.awaitsCheck.value;
  const lines = isRunning ? (running?.lines ?? []) : (last?.lines ?? []);
  if (source === 'demo' || source === 'none') return null;
  return (
    <section class="report__part" aria-label={texts.lastCheck}>
      <div class="report__title">
        <h2>{texts.lastCheck}</h2>
        <button
          type="button"
          class="button button--plain"
          disabled={models.check.value?.isRunning || models.awaitsCheck.value}
          onClick={() => void models.checkModels('in-use')}
        >
          {texts.checkAgain}
        </button>
      </div>
      <p class="report__quiet">{texts.lastCheckHint}</p>
      <p role="status">
        {isRunning && texts.checking(lines.length, running?.total)}
        {!isRunning && last !== undefined && (
          <>
            <CheckSummary lines={last.lines} /> <Ago at={last.at} />
          </>
        )}
        {!isRunning && last === undefined && texts.neverChecked}
      </p>
      <CheckLines lines={lines} />
    </section>
  );
}

function Versions({ workspace: { modelSettings: models } }: { workspace: Workspace }) {
  const { versions = [], version } = models.view.response.value ?? {};
  return (
    <SettingVersions
      title={texts.versions}
      of={texts.title}
      versions={versions}
      current={version}
      shown={models.diff.value}
      isBusy={models.busy.value}
      labelOf={modelSettingLabel}
      onCompare={models.compare}
      onRollBack={models.rollBack}
    />
  );
}
