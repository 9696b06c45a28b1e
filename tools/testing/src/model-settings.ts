/** The settings of models over a store of records, without models to check. */
import { defaultConfig } from '@firstword/server/config/config';
import { createSettingSecrets } from '@firstword/server/configured-sites';
import { configuredModels, createConnectedModels } from '@firstword/server/models/connected-models';
import { createModelPage } from '@firstword/server/models/model-page';
import { createModelCheck, createModelReader } from '@firstword/server/models/model-setup';
import type { Records } from '@firstword/server/records/records';
import { createModelAdmin } from '@firstword/server/settings/model-admin';
import { silentLog } from './silent-log.ts';

export function createModelSettings({
  settings,
  appSecret,
}: Pick<Records, 'settings'> & { readonly appSecret: string }) {
  const configured = { ...defaultConfig(), endpoint: undefined, mode: 'live', allowOutsideLimits: [] } as const;
  const admin = createModelAdmin({
    store: settings,
    read: createModelReader(configuredModels(configured)),
    check: createModelCheck(configuredModels(configured)),
    secrets: createSettingSecrets(appSecret),
    endpointId: String,
    publish: async () => {},
  });
  const checks = {
    async *stream() {
      yield { total: 0 };
    },
    inUse: () => [],
    chains: () => [],
    last: async () => undefined,
  };
  const live = createConnectedModels({ ...configured, appSecret, log: silentLog });
  return createModelPage({ live, admin, checks }, configured);
}
