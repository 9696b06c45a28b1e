/** Has one or two models answer a visitor's message again, and shows their answers beside the one that the visitor got. */
import { may } from '@firstword/shared/permissions';
import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { modelName } from '../calls.ts';
import type { MessageReplay, ReplayTarget } from '../message-replay.ts';
import { replayTexts as texts } from '../texts/replay-texts.ts';
import type { Workspace } from '../workspace.ts';
import { CloseFoot, DialogFrame } from './dialog-frame.tsx';
import { fieldText } from './field.tsx';
import { GuidanceFields } from './guidance-fields.tsx';
import { readGuidance } from './read-guidance.ts';
import { OriginalColumn, ReplayColumn } from './replay-column.tsx';
import { ReportFailed } from './report-failed.tsx';

export function ReplayDialog({ workspace }: { workspace: Workspace }) {
  const { replay } = workspace;
  useEffect(() => replay.leave, []);
  const target = replay.target.value;
  if (target === undefined) return null;
  const runs = replay.runs.value;
  return (
    <DialogFrame workspace={workspace} title={texts.title} hint={texts.hint} widest>
      <blockquote class="replay__question" dir="auto">
        {target.question.text}
      </blockquote>
      <ReplayForm workspace={workspace} target={target} />
      <p class="visually-hidden" role="status">
        {statusOf(replay)}
      </p>
      <div class="replay">
        <OriginalColumn target={target} />
        {runs.map((run, index) => (
          <ReplayColumn key={index} run={run} />
        ))}
      </div>
      <CloseFoot workspace={workspace} />
    </DialogFrame>
  );
}

function ReplayForm({ workspace, target }: { workspace: Workspace; target: ReplayTarget }) {
  const { replay, session } = workspace;
  const changes = useSignal(false);
  const running = replay.running.value;
  const answered = target.calls.find(({ purpose, outcome }) => purpose === 'answer' && outcome === 'done')?.modelId;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (running) return replay.stop();
        const form = new FormData(event.currentTarget);
        const models = ['model', 'other-model'].map((name) => fieldText(form, name)).filter((id) => id !== '');
        const isReady = changes.value && replay.guidance.response.value !== undefined;
        void replay.start(models, isReady ? readGuidance(event.currentTarget) : undefined);
      }}
    >
      <div class="replay__models">
        <ModelField
          name="model"
          label={texts.model}
          models={session.models}
          chosen={session.models.find((id) => id !== answered)}
        />
        <ModelField name="other-model" label={texts.otherModel} models={session.models} chosen={undefined} />
        <button type="submit" class={`button ${running ? 'button--plain' : 'button--primary'}`}>
          {running ? texts.stop : texts.start}
        </button>
      </div>
      {may(session.agent, 'knowledge:manage', target.siteId) && (
        <>
          <label class="choices__item">
            <input
              type="checkbox"
              checked={changes.value}
              onChange={({ currentTarget: { checked } }) => {
                changes.value = checked;
                if (checked) void replay.guidance.load({ site: target.siteId });
              }}
            />
            {texts.changeGuidance}
          </label>
          {changes.value && <ChangedGuidance guidance={replay.guidance} />}
        </>
      )}
    </form>
  );
}

interface ModelFieldProps {
  readonly name: string;
  readonly label: string;
  readonly models: readonly string[];
  /** Undefined: none has to be chosen. */
  readonly chosen: string | undefined;
}

function ModelField({ name, label, models, chosen }: ModelFieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} name={name} {...(chosen === undefined ? {} : { 'data-first': '', defaultValue: chosen })}>
        {chosen === undefined && <option value="">{texts.none}</option>}
        {models.map((model) => (
          <option key={model} value={model}>
            {modelName(model)}
          </option>
        ))}
      </select>
    </div>
  );
}

function ChangedGuidance({ guidance }: Pick<MessageReplay, 'guidance'>) {
  const view = guidance.response.value;
  if (view !== undefined)
    return (
      <div class="replay__guidance">
        <GuidanceFields guidance={view.guidance} />
      </div>
    );
  return guidance.failed.value ? (
    <ReportFailed text={texts.guidanceFailed} onTryAgain={() => void guidance.load()} />
  ) : null;
}

function statusOf({ runs, running }: MessageReplay): string {
  if (running.value) return texts.answering;
  const done = runs.value.filter(({ state }) => state === 'done').length;
  if (runs.value.some(({ state }) => state === 'stopped')) return texts.stopped;
  return runs.value.length === 0 ? '' : texts.finished(done);
}
