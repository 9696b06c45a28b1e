/** Each site's spending of today and its state. Its administrators also get the kill switch. */
import { may, mayEverywhere } from '@firstword/shared/permissions';
import type { BudgetReport, SiteBudget } from '@firstword/shared/reports';
import { useEffect } from 'preact/hooks';
import type { KillSwitchChange } from '../report-controller.ts';
import { budgetText } from '../texts/report-sentences.ts';
import { reportTexts } from '../texts/report-texts.ts';
import type { Workspace } from '../workspace.ts';

export function BudgetsPart({ workspace }: { workspace: Workspace }) {
  const { budgets } = workspace.reports;
  useEffect(() => void budgets.load(), [budgets]);
  const report = budgets.response.value;
  if (report === undefined) return null;
  return (
    <section class="report__part">
      <div class="report__title">
        <h2>{reportTexts.budgets}</h2>
        <AllSwitch workspace={workspace} report={report} />
      </div>
      <p class="report__quiet">{reportTexts.budgetsHint}</p>
      <ul class="budgets">
        {report.sites.map((site) => (
          <SiteLine key={site.id} workspace={workspace} site={site} />
        ))}
      </ul>
    </section>
  );
}

function SiteLine({ workspace, site }: { workspace: Workspace; site: SiteBudget }) {
  const { name, verdict, stopped } = site;
  return (
    <li class="budget">
      <p class="budget__name">{name}</p>
      <p class="budget__spent">{budgetText(site)}</p>
      <p class={`budget__state budget__state--${verdict}`}>
        {stopped === undefined ? reportTexts.verdicts[verdict] : reportTexts.stoppedBy[stopped.by]}
        {stopped !== undefined && stopped.reason !== '' && `: ${stopped.reason}`}
      </p>
      {may(workspace.session.agent, 'models:stop', site.id) && (stopped === undefined || stopped.by === 'site') && (
        <SwitchButton
          workspace={workspace}
          change={{ site: site.id, name, stopped: stopped === undefined }}
          label={stopped === undefined ? reportTexts.stop : reportTexts.resume}
        />
      )}
    </li>
  );
}

function AllSwitch({ workspace, report: { everySite, sites } }: { workspace: Workspace; report: BudgetReport }) {
  if (!mayEverywhere(workspace.session.agent, 'models:stop')) return null;
  if (sites.length < 2 && everySite === undefined) return null;
  return (
    <SwitchButton
      workspace={workspace}
      change={{ site: 'all', name: reportTexts.allName, stopped: everySite === undefined }}
      label={everySite === undefined ? reportTexts.stopAll : reportTexts.resumeAll}
    />
  );
}

function SwitchButton({ workspace, change, label }: { workspace: Workspace; change: KillSwitchChange; label: string }) {
  return (
    <button
      type="button"
      class={change.stopped ? 'button button--plain button--stop' : 'button button--plain'}
      aria-label={`${label}, ${change.name}`}
      onClick={() => {
        workspace.reports.planSwitch(change);
        workspace.dialog.value = 'kill-switch';
      }}
    >
      {label}
    </button>
  );
}
