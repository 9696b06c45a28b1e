/** One endpoint: its state, what can be done with it, and its log while that is open. */
import type { SiteName } from '@firstword/shared/reports';
import type { Webhook } from '@firstword/shared/webhook';
import { type Signal, useSignal } from '@preact/signals';
import { siteText, webhookTexts as texts, troubleText } from '../texts/webhook-texts.ts';
import type { WebhooksController } from '../webhooks-controller.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { useFocusBack } from './focus.ts';
import { WebhookForm } from './webhook-form.tsx';
import { WebhookLog } from './webhook-log.tsx';

interface ItemProps {
  readonly controller: WebhooksController;
  readonly webhook: Webhook;
  readonly sites: readonly SiteName[];
}

export function WebhookItem({ controller, webhook, sites }: ItemProps) {
  const { id, url, types, siteId } = webhook;
  const editing = useSignal(false);
  const isOff = webhook.disabledAt !== undefined;
  const trouble = troubleText(webhook, Date.now());
  const state = isOff ? texts.off : webhook.failingSince === undefined ? undefined : texts.failing;
  const events = types.map((type) => texts.typeLabels[type]).join(', ');
  return (
    <li class="settings-item">
      <div>
        <p class="settings-item__name">
          {url}
          {state !== undefined && <span class="settings-item__state">{state}</span>}
        </p>
        <p class="settings-item__line">{`${siteText(siteId, sites)} · ${events}`}</p>
        {trouble !== undefined && <p class="settings-item__line">{trouble}</p>}
      </div>
      <WebhookActions controller={controller} webhook={webhook} editing={editing} />
      {editing.value && (
        <WebhookForm
          title={texts.named(texts.edit, url)}
          action={texts.save}
          initial={webhook}
          onSubmit={(changed) => controller.change(id, { url: changed.url, types: changed.types })}
          onClose={() => {
            editing.value = false;
          }}
        />
      )}
      {controller.openId.value === id && <WebhookLog controller={controller} webhook={webhook} />}
    </li>
  );
}

function WebhookActions(props: Omit<ItemProps, 'sites'> & { editing: Signal<boolean> }) {
  const { controller, webhook, editing } = props;
  const { id, url } = webhook;
  const isOff = webhook.disabledAt !== undefined;
  const isOpen = controller.openId.value === id;
  const opener = useFocusBack(editing.value);
  const edit = () => {
    editing.value = true;
  };
  const button = (label: string, act: () => unknown, more: { expanded?: boolean; ref?: typeof opener } = {}) => (
    <button
      ref={more.ref ?? null}
      type="button"
      class="button button--quiet"
      aria-label={texts.named(label, url)}
      aria-expanded={more.expanded}
      onClick={() => void act()}
    >
      {label}
    </button>
  );
  return (
    <div class="settings-item__actions">
      {button(isOpen ? texts.hideLog : texts.showLog, () => controller.openLog(isOpen ? undefined : id), {
        expanded: isOpen,
      })}
      {!isOff && button(texts.test, () => controller.test(id))}
      {button(texts.edit, edit, { ref: opener })}
      {button(isOff ? texts.turnOn : texts.turnOff, () => controller.change(id, { enabled: isOff }))}
      <ConfirmButton
        label={texts.newSecret}
        name={url}
        sure={texts.newSecretSure}
        cancel={texts.cancel}
        onConfirm={() => void controller.rotateSecret(webhook)}
      />
      <ConfirmButton
        label={texts.delete}
        name={url}
        sure={texts.deleteSure}
        cancel={texts.cancel}
        onConfirm={() => void controller.remove(id)}
      />
    </div>
  );
}
