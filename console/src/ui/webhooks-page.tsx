/** The Webhooks page: endpoints that are sent events, their states, and what was sent to each. */
import { mayEverywhere } from '@firstword/shared/permissions';
import { useSignal } from '@preact/signals';
import { webhookTexts as texts } from '../texts/webhook-texts.ts';
import type { Workspace } from '../workspace.ts';
import { ListHead } from './list-head.tsx';
import { SettingsFrame } from './settings-frame.tsx';
import { WebhookForm } from './webhook-form.tsx';
import { WebhookItem } from './webhook-item.tsx';

export function WebhooksPage({ workspace: { webhooks, session } }: { workspace: Workspace }) {
  const adding = useSignal(false);
  return (
    <SettingsFrame
      title={texts.title}
      outcome={webhooks}
      resource={webhooks.webhooks}
      isAllowed={mayEverywhere(session.agent, 'installation:manage')}
    >
      {(shown) => (
        <section class="report__part" aria-label={texts.title}>
          <ListHead action={texts.add} adding={adding}>
            <p class="report__quiet">{texts.hint}</p>
          </ListHead>
          {adding.value && (
            <WebhookForm
              title={texts.add}
              action={texts.addEndpoint}
              sites={shown.sites}
              onSubmit={webhooks.add}
              onClose={() => {
                adding.value = false;
              }}
            />
          )}
          {shown.webhooks.length === 0 && !adding.value && <p class="report__empty">{texts.empty}</p>}
          <ul class="settings-list">
            {shown.webhooks.map((webhook) => (
              <WebhookItem key={webhook.id} controller={webhooks} webhook={webhook} sites={shown.sites} />
            ))}
          </ul>
        </section>
      )}
    </SettingsFrame>
  );
}
