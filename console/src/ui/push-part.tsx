/** Push notifications on the page Your account: the switch of this browser, and the browsers in which they are on. */
import type { PushDevice } from '@firstword/shared/push-device';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { DesktopPermission } from '../notifications/desktop.ts';
import type { Push } from '../notifications/push.ts';
import { notificationTexts } from '../texts/notification-texts.ts';
import { deviceText, teamTexts } from '../texts/team-texts.ts';
import { Ago } from './clock.tsx';

const texts = notificationTexts.push;

export function PushPart({ push, permission }: { push: Push; permission: DesktopPermission }) {
  useEffect(() => void push.load(), [push]);
  /** Until the browser and the server have answered, and may have refused. */
  const wanted = useSignal<boolean | undefined>(undefined);
  const devices = push.devices.value;
  if (devices === undefined) return null;
  const ownId = push.ownId.value;
  const turn = async (on: boolean) => {
    wanted.value = on;
    await push.turn(on);
    wanted.value = undefined;
  };
  return (
    <section class="report__part" aria-label={texts.title}>
      <div class="report__title">
        <h2>{texts.title}</h2>
      </div>
      <p class="report__quiet">{texts.hint}</p>
      {push.isAvailable ? (
        <div class="notifications">
          <div class="check-field">
            <label>
              <input
                type="checkbox"
                checked={wanted.value ?? ownId !== undefined}
                onChange={({ currentTarget }) => void turn(currentTarget.checked)}
              />
              {texts.here}
            </label>
            {permission === 'denied' && <p class="notifications__note">{notificationTexts.permission.denied}</p>}
          </div>
        </div>
      ) : (
        <p class="notifications__note">{texts.unavailable}</p>
      )}
      {devices.length > 0 && (
        <ul class="settings-list">
          {devices.map((device) => (
            <DeviceItem key={device.id} push={push} device={device} isHere={device.id === ownId} />
          ))}
        </ul>
      )}
      <p class="report__quiet" role="status">
        {push.done.value}
      </p>
      <p class="report__failed" role="alert">
        {push.failure.value}
      </p>
    </section>
  );
}

interface DeviceItemProps {
  readonly push: Push;
  readonly device: PushDevice;
  readonly isHere: boolean;
}

function DeviceItem({ push, device: { id, device, addedAt, lastPushAt }, isHere }: DeviceItemProps) {
  const name = deviceText(device);
  return (
    <li class="settings-item">
      <div>
        <p class="settings-item__name">{name}</p>
        <p class="settings-item__line">
          {isHere ? (
            teamTexts.thisBrowser
          ) : (
            <>
              {texts.added} <Ago at={addedAt} />
            </>
          )}
          {lastPushAt !== undefined && (
            <>
              {` · ${texts.last} `}
              <Ago at={lastPushAt} />
            </>
          )}
        </p>
      </div>
      <div class="settings-item__actions">
        <button
          type="button"
          class="button button--quiet"
          aria-label={texts.testOf(name)}
          onClick={() => void push.test(id)}
        >
          {texts.test}
        </button>
        <button
          type="button"
          class="button button--quiet"
          aria-label={texts.removeOf(name)}
          onClick={() => void push.remove(id)}
        >
          {texts.remove}
        </button>
      </div>
    </li>
  );
}
