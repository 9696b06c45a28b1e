/** The right pane of a ticket: the analysis and its runs, triage, cost and history. */
import type { TicketDetail } from '@firstword/shared/console-wire';
import { newestRun, type OpenTicket, shownRun } from '../open-ticket.ts';
import { analysisTexts } from '../texts/analysis-texts.ts';
import type { Workspace } from '../workspace.ts';
import { AnalysisNote } from './analysis-note.tsx';
import { CommandButton } from './command-button.tsx';
import { CostNote } from './cost-note.tsx';
import { History } from './history.tsx';
import { RunFoot } from './run-foot.tsx';
import { RunState } from './run-state.tsx';
import { RunTabs } from './run-tabs.tsx';
import { TriageNote } from './triage-note.tsx';

export interface AnalysisPaneProps {
  readonly workspace: Workspace;
  readonly openTicket: OpenTicket;
  readonly detail: TicketDetail;
}

export function AnalysisPane({ workspace, openTicket, detail }: AnalysisPaneProps) {
  const run = shownRun(openTicket);
  const newest = newestRun(detail);
  return (
    <section class="analysis" aria-label={analysisTexts.analysis}>
      <header class="analysis__head">
        <h2>{analysisTexts.analysis}</h2>
        <RunTabs runs={detail.runs} shown={run} onChoose={workspace.ticket.chooseRun} />
        <span class="analysis__actions">
          <CommandButton workspace={workspace} id="compare" />
          <CommandButton workspace={workspace} id="reject" />
          <CommandButton workspace={workspace} id="save-case" />
          <CommandButton workspace={workspace} id="rerun" />
        </span>
      </header>
      <div class="analysis__body">
        {run === undefined ? (
          <p class="run-state">{analysisTexts.noAnalysis}</p>
        ) : (
          <>
            <RunState run={run} stale={run === newest && detail.ticket.analysis?.stale === true} />
            {run !== newest && (
              <p class="run-state">
                {analysisTexts.olderRun(run.number)}{' '}
                {run.content !== undefined && (
                  <button
                    type="button"
                    class="link"
                    onClick={() => workspace.ticket.replace(run.content?.reply.text ?? '')}
                  >
                    {analysisTexts.useThisReply}
                  </button>
                )}
              </p>
            )}
            {run.content === undefined && run.state === 'completed' && (
              <p class="run-state">{analysisTexts.noContent}</p>
            )}
            {run.content !== undefined && (
              <AnalysisNote
                content={run.content}
                onJump={(evidence) => {
                  workspace.pane.value = 'conversation';
                  workspace.ticket.jump(evidence);
                }}
              />
            )}
          </>
        )}
        {detail.verdict !== undefined && <TriageNote workspace={workspace} verdict={detail.verdict} />}
        {openTicket.calls !== undefined && <CostNote calls={openTicket.calls} />}
        <History events={detail.events} />
      </div>
      {run !== undefined && <RunFoot run={run} />}
    </section>
  );
}
