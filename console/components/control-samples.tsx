/** Buttons, links and small marks. */
import { TICKET_STATES, URGENCIES } from '@firstword/shared/ticket';
import { ticketTexts } from '../src/texts/ticket-texts.ts';
import { Avatar } from '../src/ui/avatar.tsx';
import { ConfirmButton } from '../src/ui/confirm-button.tsx';
import { CopyButton } from '../src/ui/copy-button.tsx';
import { CsvButton } from '../src/ui/csv-button.tsx';
import { FormFoot } from '../src/ui/form-foot.tsx';
import { Icon } from '../src/ui/icons.tsx';
import { IdentityBadge } from '../src/ui/identity.tsx';
import { nothing, Sample } from './sample.tsx';

const KINDS = ['primary', 'plain', 'quiet'] as const;

export function ControlSamples() {
  return (
    <>
      {KINDS.map((kind) => (
        <Sample key={kind} name={`Button, ${kind}`} kind="row">
          <button type="button" class={`button button--${kind}`}>
            Approve and send
          </button>
          <button type="button" class={`button button--${kind}`} disabled>
            Sending…
          </button>
        </Sample>
      ))}
      <Sample name="Button that stops" kind="row">
        <button type="button" class="button button--plain button--stop">
          Stop all model calls
        </button>
      </Sample>
      <Sample name="Link and icon button" kind="row">
        <button type="button" class="link">
          Show all conversations of this visitor
        </button>
        <button type="button" class="link" disabled>
          Not available
        </button>
        <button type="button" class="icon-button" aria-label="Refresh list">
          <Icon name="refresh" />
        </button>
      </Sample>
      <Sample name="Buttons with a task" kind="row">
        <ConfirmButton label="Delete" name="API token" sure="Delete token" cancel="Cancel" onConfirm={nothing} />
        <CopyButton text="fw_token" />
        <CsvButton caption="Cost by day" rows={() => []} />
      </Sample>
      <Sample name="Foot of a form">
        <FormFoot action="Save changes" onCancel={nothing} />
      </Sample>
      <Sample name="States of tickets" kind="row">
        {TICKET_STATES.map((state) => (
          <span key={state} class={`state state--${state}`}>
            {ticketTexts.states[state]}
          </span>
        ))}
      </Sample>
      <Sample name="Urgency, identity, tags" kind="row">
        {URGENCIES.map((urgency) => (
          <span key={urgency} class={`urgent urgent--${urgency}`}>
            {ticketTexts.urgencies[urgency]}
          </span>
        ))}
        <IdentityBadge verified />
        <IdentityBadge verified={false} />
        <span class="tag">late-delivery</span>
        <span class="tag" dir="auto">
          توصيل
        </span>
        <span class="chip">Demo</span>
        <kbd>Ctrl K</kbd>
        <Avatar name="First Agent" />
      </Sample>
    </>
  );
}
