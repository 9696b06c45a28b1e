/** The notifications of the page Your account: what the agent is notified of, and how. */
import type { NotificationSettings } from '@firstword/shared/agent-preferences';
import { keysOf } from '@firstword/shared/keys-of';
import type { Notifications } from '../notifications/notifications.ts';
import { notificationTexts as texts } from '../texts/notification-texts.ts';

export interface NotificationsPartProps {
  readonly notifications: Notifications;
  /** Of a site at least: only they are sent alerts. */
  readonly isAdmin: boolean;
}

export function NotificationsPart({ notifications, isAdmin }: NotificationsPartProps) {
  const settings = notifications.settings.value;
  if (settings === undefined) return null;
  const permission = notifications.desktop.permission.value;
  return (
    <section class="report__part" aria-label={texts.title}>
      <div class="report__title">
        <h2>{texts.title}</h2>
      </div>
      <p class="report__quiet">{texts.hint}</p>
      <div class="notifications">
        <fieldset class="check-field">
          <legend>{texts.about}</legend>
          {keysOf(texts.kinds).map((name) => (
            <Switch
              key={name}
              label={texts.kinds[name]}
              on={settings[name]}
              onTurn={(on) => turn(notifications, name, on)}
            />
          ))}
        </fieldset>
        <fieldset class="check-field">
          <legend>{texts.by}</legend>
          {keysOf(texts.signals).map((name) => (
            <Switch
              key={name}
              label={texts.signals[name]}
              on={settings[name]}
              onTurn={(on) => turn(notifications, name, on)}
            />
          ))}
          {settings.desktop && permission !== 'granted' && (
            <p class="notifications__note">
              {texts.permission[permission]}{' '}
              {permission === 'default' && (
                <button type="button" class="link" onClick={() => void notifications.desktop.ask()}>
                  {texts.allow}
                </button>
              )}
            </p>
          )}
          <div>
            <button type="button" class="link" onClick={notifications.playSound}>
              {texts.play}
            </button>
          </div>
        </fieldset>
        {isAdmin && (
          <fieldset class="check-field">
            <legend>{texts.mail}</legend>
            <Switch
              label={texts.alertMail}
              on={settings['alert-mail']}
              onTurn={(on) => turn(notifications, 'alert-mail', on)}
            />
          </fieldset>
        )}
      </div>
      <p class="report__failed" role="alert">
        {notifications.failure.value}
      </p>
    </section>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly on: boolean;
  readonly onTurn: (on: boolean) => void;
}

function Switch({ label, on, onTurn }: SwitchProps) {
  return (
    <label>
      <input type="checkbox" checked={on} onChange={({ currentTarget }) => onTurn(currentTarget.checked)} />
      {label}
    </label>
  );
}

/** The browser asks for permission only as the result of a click, and this is one. */
function turn(notifications: Notifications, name: keyof NotificationSettings, on: boolean) {
  if (name === 'desktop' && on) void notifications.desktop.ask();
  void notifications.change({ [name]: on });
}
