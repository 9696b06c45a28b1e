/** The endpoint and the models of this process: what is configured, or what is connected in the console, as it changes. */
import type { ModelSettings } from '@firstword/shared/model-settings';
import type { SettingFault } from '@firstword/shared/setting-fault';
import type { Log } from '../lib/log.ts';
import type { SealedText } from '../lib/sealed-text.ts';
import { openKey, publishedModels } from './model-record.ts';

/** What the settings of the console lead to, with what the configuration sets; otherwise its faults. */
export type CheckModels<Setup> = (
  settings: ModelSettings,
  endpoint: { readonly id: string; readonly apiKey: string | undefined },
) => { readonly setup: Setup } | { readonly faults: readonly SettingFault[] };

export interface LiveModels<Setup> {
  /** Not to be kept: a turn that runs uses the route that it was given. */
  current(): Setup;
  /** Uses what is published; a version that is in use already changes nothing. */
  apply(published: { readonly json: string }): void;
  onChange(listener: () => void): void;
}

export interface LiveModelsParts<Setup> {
  /** In use until something is connected. */
  readonly configured: Setup;
  readonly check: CheckModels<Setup>;
  readonly secrets: Pick<SealedText, 'open'>;
  readonly log: Log;
}

export function createLiveModels<Setup>({
  configured,
  check,
  secrets,
  log,
}: LiveModelsParts<Setup>): LiveModels<Setup> {
  let setup = configured;
  let version: number | undefined;
  const listeners: (() => void)[] = [];
  return {
    current: () => setup,
    apply({ json }) {
      const published = publishedModels(json);
      if (published === undefined || published.number === version) return;
      const { number, record } = published;
      version = number;
      const key = openKey(record, secrets);
      if (key.state === 'unreadable')
        log.error('the API key of the models was saved under another APP_SECRET. Enter it again on the page Models');
      const apiKey = key.state === 'set' ? key.key : undefined;
      const checked = check(record.settings, { id: record.endpointId, apiKey });
      if ('faults' in checked) {
        // Such as a tier that the file has meanwhile set to a model outside its limits.
        log.error(
          { version, faults: checked.faults.map(({ setting, text }) => `${setting}: ${text}`) },
          'the settings of the models are not valid, keeping the previous ones',
        );
        return;
      }
      setup = checked.setup;
      log.info({ version }, 'models connected');
      for (const listener of listeners) listener();
    },
    onChange: (listener) => void listeners.push(listener),
  };
}
