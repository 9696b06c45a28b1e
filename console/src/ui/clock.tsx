/** Relative times that stay up to date. All of them share one clock. */
import type { WaitingTarget } from '@firstword/shared/waiting-target';
import { type ReadonlySignal, signal, useComputed } from '@preact/signals';
import { ticketTexts } from '../texts/ticket-texts.ts';
import { agoText, exactText, isDate, waitingText } from '../times.ts';

const TICK_MS = 1000;
const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now();
}, TICK_MS);

function Moment({ at, text }: { at: number; text: ReadonlySignal<string> | string }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={exactText(at)}>
      {text}
    </time>
  );
}

/** How long ago something happened. A date no longer changes, so that thousands of them cost nothing each second. */
export function Ago({ at }: { at: number }) {
  return isDate(at, now.peek()) ? <Moment at={at} text={agoText(at, now.peek())} /> : <RecentAgo key={at} at={at} />;
}

function RecentAgo({ at }: { at: number }) {
  return <Moment at={at} text={useComputed(() => agoText(at, now.value))} />;
}

/** How long the visitor has been waiting. */
export function Waiting({ since }: { since: number }) {
  return <Moment key={since} at={since} text={useComputed(() => waitingText(since, now.value))} />;
}

/** By when the site wants the first reply: quiet at first, then a warning, then missed. */
export function ReplyTarget({ target: { warnAt, at } }: { target: WaitingTarget }) {
  const stage = useComputed(() => (now.value >= at ? 'missed' : now.value >= warnAt ? 'near' : 'ahead'));
  const text = useComputed(() =>
    now.value >= at
      ? ticketTexts.replyLate(waitingText(at, now.value))
      : ticketTexts.replyDue(waitingText(now.value, at)),
  );
  return (
    <span class={`target target--${stage.value}`}>
      <Moment at={at} text={text} />
    </span>
  );
}
