/** Compares two analysis runs side by side: summary, proposed reply, and how well it is supported. */
import type { AnalysisRun } from '@firstword/shared/analysis';
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { modelName } from '../calls.ts';
import { durationText, runCostText } from '../figures.ts';
import { replyParts } from '../marks.ts';
import { runsToCompare } from '../open-ticket.ts';
import { analysisTexts } from '../texts/analysis-texts.ts';
import { dialogTexts } from '../texts/dialog-texts.ts';
import { replyTexts } from '../texts/reply-texts.ts';
import type { Workspace } from '../workspace.ts';
import { CloseFoot, DialogFrame } from './dialog-frame.tsx';
import { RunState } from './run-state.tsx';

export function CompareDialog({ workspace }: { workspace: Workspace }) {
  const openTicket = workspace.ticket.current.value;
  const runs = openTicket?.detail?.runs ?? [];
  const [left, right] = (openTicket && runsToCompare(openTicket)) ?? [];
  const chosen = [useSignal(left?.number), useSignal(right?.number)];
  const close = () => {
    workspace.dialog.value = undefined;
  };
  return (
    <DialogFrame workspace={workspace} title={dialogTexts.compare} hint={dialogTexts.compareHint} widest>
      <div class="compare">
        {chosen.map((number, side) => (
          <RunColumn
            key={side}
            runs={runs}
            run={runs.find((run) => run.number === number.value)}
            first={side === 0}
            onChoose={(other) => {
              number.value = other;
            }}
            onUse={(text) => {
              workspace.ticket.replace(text);
              close();
            }}
          />
        ))}
      </div>
      <CloseFoot workspace={workspace} />
    </DialogFrame>
  );
}

interface RunColumnProps {
  readonly runs: readonly AnalysisRun[];
  readonly run: AnalysisRun | undefined;
  readonly first: boolean;
  readonly onChoose: (number: number) => void;
  readonly onUse: (text: string) => void;
}

function RunColumn({ runs, run, first, onChoose, onUse }: RunColumnProps) {
  const id = useId();
  const text = run?.content?.reply.text ?? '';
  return (
    <section class="compare__run" aria-labelledby={id}>
      <label class="visually-hidden" for={id}>
        {first ? analysisTexts.leftRun : analysisTexts.rightRun}
      </label>
      <select
        id={id}
        value={run?.number}
        onChange={({ currentTarget }) => onChoose(Number(currentTarget.value))}
        {...(first ? { 'data-first': '' } : {})}
      >
        {runs.map((other) => (
          <option key={other.id} value={other.number}>
            {nameOf(other)}
          </option>
        ))}
      </select>
      {run !== undefined && <RunState run={run} stale={false} />}
      {run?.content !== undefined && <Findings run={run} content={run.content} />}
      {text !== '' && (
        <p>
          <button type="button" class="button button--plain" onClick={() => onUse(text)}>
            {analysisTexts.useThisReply}
          </button>
        </p>
      )}
    </section>
  );
}

function Findings({ run, content }: { run: AnalysisRun; content: NonNullable<AnalysisRun['content']> }) {
  const { reading, evidence, reply, confidence } = content;
  const facts = [
    ...(run.timing === undefined ? [] : [durationText(run.timing.totalMs)]),
    ...(run.usage === undefined ? [] : [runCostText(run.usage)]),
    analysisTexts.confidence[confidence.band],
    analysisTexts.quotesFound(evidence.filter(({ found }) => found).length, evidence.length),
    replyTexts.unsupported(reply.sentences.filter(({ supported }) => !supported).length),
  ];
  return (
    <>
      <p class="compare__facts">{facts.join(' · ')}</p>
      <p>{reading.summary}</p>
      <h3>{replyTexts.proposed}</h3>
      <p class="compare__reply" dir="auto">
        {replyParts(reply.text, reply.sentences).map((part) =>
          part.unsupported === undefined ? (
            part.text
          ) : (
            <span key={part.start} class="unsupported" title={part.unsupported.why ?? replyTexts.unsupportedWhy}>
              {part.text}
            </span>
          ),
        )}
      </p>
    </>
  );
}

function nameOf({ number, provenance }: AnalysisRun): string {
  return provenance === undefined
    ? analysisTexts.run(number)
    : `${analysisTexts.run(number)}, ${modelName(provenance.modelId)}`;
}
