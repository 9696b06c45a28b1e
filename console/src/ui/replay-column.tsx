/** One answer of a replay: of the visitor's own conversation, or of a model that was asked again. */
import { modelName } from '../calls.ts';
import { durationText } from '../figures.ts';
import type { ReplayTarget } from '../message-replay.ts';
import type { ReplayRun } from '../replay-run.ts';
import { callTexts } from '../texts/call-texts.ts';
import { replayFailureText, replayTexts as texts } from '../texts/replay-texts.ts';
import { Sources, Unsupported } from './answer-notes.tsx';
import { MarkdownText } from './markdown-text.tsx';
import { TurnCalls } from './turn-calls.tsx';

export function OriginalColumn({ target: { original, calls } }: { target: ReplayTarget }) {
  return (
    <section class="replay__answer" aria-label={texts.original}>
      <h3>{texts.original}</h3>
      {original === undefined ? (
        <p class="report__quiet">{texts.noAnswer}</p>
      ) : (
        <>
          <MarkdownText text={original.text} span={undefined} />
          <Unsupported sentences={original.unsupported ?? []} />
          <Sources citations={original.citations ?? []} />
          <TurnCalls calls={calls} />
        </>
      )}
    </section>
  );
}

export function ReplayColumn({ run }: { run: ReplayRun }) {
  const { model, state, text, ttftMs, answer, calls, failure } = run;
  const name = modelName(model);
  const notes = [
    ...(answer?.handsOff ? [texts.handsOff] : []),
    ...(answer?.coverage === 'not-covered' ? [texts.notCovered] : []),
    ...(answer?.shortened ? [texts.shortened] : []),
    ...(state === 'stopped' ? [texts.stopped] : []),
  ];
  return (
    <section class="replay__answer" aria-label={name} aria-busy={state === 'running'}>
      <h3>{name}</h3>
      {text !== '' && <MarkdownText text={text} span={undefined} />}
      {text === '' && state === 'running' && <p class="report__quiet">{texts.answering}</p>}
      {text === '' && state === 'done' && <p class="report__quiet">{texts.empty}</p>}
      {failure !== undefined && <p class="report__failed">{replayFailureText(failure)}</p>}
      {notes.map((note) => (
        <p key={note} class="message__note">
          {note}
        </p>
      ))}
      <Unsupported sentences={answer?.unsupported ?? []} />
      <Sources citations={answer?.citations ?? []} />
      {calls.length > 0 ? (
        <TurnCalls calls={calls} />
      ) : (
        ttftMs !== undefined && <p class="calls">{callTexts.ttft(durationText(ttftMs))}</p>
      )}
    </section>
  );
}
