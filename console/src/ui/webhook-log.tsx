/** What an endpoint was and is to be sent, the newest first. It follows the deliveries while it is open. */
import type { Webhook, WebhookDelivery } from '@firstword/shared/webhook';
import { useEffect } from 'preact/hooks';
import { commonTexts } from '../texts/common-texts.ts';
import { deliveryText, webhookTexts as texts } from '../texts/webhook-texts.ts';
import type { WebhooksController } from '../webhooks-controller.ts';
import { Ago } from './clock.tsx';
import { ReportFailed } from './report-failed.tsx';

/** A test event is delivered within a second or two. */
const REFRESH_MS = 2000;

export function WebhookLog({ controller, webhook }: { controller: WebhooksController; webhook: Webhook }) {
  const { deliveries } = controller;
  useEffect(() => {
    const timer = setInterval(controller.refresh, REFRESH_MS);
    return () => clearInterval(timer);
  }, [controller]);
  const shown = deliveries.pages.value?.flat();
  const { failure } = deliveries;
  return (
    <section class="webhook-log" aria-label={texts.log(webhook.url)} aria-busy={deliveries.busy.value}>
      {failure.value !== undefined && (
        <ReportFailed
          text={texts.logNotRead}
          onTryAgain={() => (failure.value?.of === 'next' ? deliveries.more() : deliveries.load(webhook.id))}
        />
      )}
      {shown === undefined && failure.value === undefined && <p class="report__quiet">{commonTexts.loading}</p>}
      {shown?.length === 0 && <p class="report__quiet">{texts.noDeliveries}</p>}
      <ul class="settings-list">
        {shown?.map((delivery) => (
          <Delivery
            key={delivery.id}
            controller={controller}
            delivery={delivery}
            isOff={webhook.disabledAt !== undefined}
          />
        ))}
      </ul>
      {shown !== undefined && !deliveries.complete.value && (
        <button type="button" class="button" disabled={deliveries.busy.value} onClick={() => void deliveries.more()}>
          {texts.more}
        </button>
      )}
    </section>
  );
}

interface DeliveryProps {
  readonly controller: WebhooksController;
  readonly delivery: WebhookDelivery;
  readonly isOff: boolean;
}

function Delivery({ controller, delivery, isOff }: DeliveryProps) {
  const { id, type, state, at, body, response } = delivery;
  return (
    <li class="settings-item">
      <div>
        <p>
          <code>{type}</code> <span class={`delivery__state delivery__state--${state}`}>{texts.states[state]}</span>
        </p>
        <p class="settings-item__line">
          <Ago at={at} /> · {deliveryText(delivery, Date.now())}
        </p>
        <details class="delivery__bodies">
          <summary>{texts.details}</summary>
          <Body title={texts.request} text={readable(body)} />
          {response === undefined ? (
            <p class="report__quiet">{texts.noResponse}</p>
          ) : (
            <Body title={texts.response} text={response} />
          )}
        </details>
      </div>
      {!isOff && (
        <button
          type="button"
          class="button button--quiet"
          aria-label={texts.named(texts.sendAgain, `${type} ${id}`)}
          onClick={() => void controller.sendAgain(id)}
        >
          {texts.sendAgain}
        </button>
      )}
    </li>
  );
}

function Body({ title, text }: { title: string; text: string }) {
  return (
    <>
      <p class="report__quiet">{title}</p>
      <pre class="delivery__body">{text}</pre>
    </>
  );
}

/** JSON over several lines; anything else as it is. */
function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}
