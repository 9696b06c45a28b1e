/** Messages, analyses and their states. */
import type { Message } from '@firstword/shared/wire';
import { commonTexts } from '../src/texts/common-texts.ts';
import { ticketTexts } from '../src/texts/ticket-texts.ts';
import { AnalysisNote } from '../src/ui/analysis-note.tsx';
import { MessageItem } from '../src/ui/message-item.tsx';
import { Placeholder } from '../src/ui/placeholder.tsx';
import { ReportFailed } from '../src/ui/report-failed.tsx';
import { RunFoot } from '../src/ui/run-foot.tsx';
import { RunState } from '../src/ui/run-state.tsx';
import { doubleCharge } from '../test/analysis-contents.ts';
import { run } from '../test/ticket-builders.ts';
import { LONG_TEXT, nothing, RTL_TEXT, Sample } from './sample.tsx';

const NOW = Date.now();
const MESSAGES: readonly (readonly [name: string, message: Pick<Message, 'from' | 'text'> & Partial<Message>])[] = [
  ['Message of a visitor', { from: 'visitor', text: 'Can I use linseed oil on the oak desk?' }],
  ['Message, long', { from: 'visitor', text: `${LONG_TEXT} ${LONG_TEXT}` }],
  ['Message, right to left', { from: 'visitor', text: RTL_TEXT }],
  [
    'Answer with sources',
    {
      from: 'assistant',
      text: 'Yes, with:\n\n- hard wax oil, twice a year\n- linseed oil, in a **thin** layer [1]\n\nLet it dry for a day.',
      state: 'done',
      citations: [{ n: 1, title: 'Care for oiled wood', url: '/help/oiled-wood' }],
      unsupported: ['Let it dry for a day.'],
    },
  ],
  ['Answer, stopped', { from: 'assistant', text: 'It looks like the', state: 'stopped' }],
  ['Answer, failed', { from: 'assistant', text: '', state: 'failed' }],
  ['Reply of an agent', { from: 'agent', text: RTL_TEXT, agent: { name: 'Second Agent' } }],
  [
    'File',
    {
      from: 'visitor',
      text: 'x',
      file: { id: 'f', name: `${'label-'.repeat(20)}.pdf`, type: 'application/pdf', size: 12_288 },
    },
  ],
];
const STATES = ['queued', 'running', 'completed', 'partial', 'failed', 'cancelled', 'superseded'] as const;

export function MessageSamples() {
  return (
    <>
      {MESSAGES.map(([name, message], index) => (
        <Sample key={name} name={name}>
          <div class="talk">
            <ol>
              <MessageItem
                message={{ seq: index + 1, id: name, at: NOW - 60_000, ...message }}
                conversationId="c-1"
                marked={index === 0}
                seen={message.from === 'agent' ? { at: NOW } : undefined}
                span={index === 0 ? { start: 10, end: 21 } : undefined}
                rating={message.state === 'done' ? { messageId: name, value: 'down', reason: LONG_TEXT } : undefined}
                calls={[]}
              />
            </ol>
          </div>
        </Sample>
      ))}
      {STATES.map((state) => (
        <Sample key={state} name={`Analysis, ${state}`}>
          <RunState
            run={run('t-1', 1, NOW, { state, ...(state === 'failed' ? { problem: LONG_TEXT } : {}) })}
            stale={state === 'completed'}
          />
          <RunFoot run={run('t-1', 1, NOW, { state })} />
        </Sample>
      ))}
      <Sample name="Analysis">
        <div class="analysis">
          <AnalysisNote content={doubleCharge} onJump={nothing} />
        </div>
      </Sample>
      <Sample name="Placeholder">
        <Placeholder title={ticketTexts.notLoaded} text={commonTexts.offline} onBack={nothing}>
          <button type="button" class="button button--plain">
            {commonTexts.tryAgain}
          </button>
        </Placeholder>
      </Sample>
      <Sample name="Failure of a page">
        <ReportFailed text="The report couldn’t be loaded." onTryAgain={nothing} />
      </Sample>
    </>
  );
}
