/** Who gets an alert by e-mail: the administrators who can do something about it, unless they have turned it off. */
import type { Alert } from '@firstword/shared/alert';
import { type Access, may, mayEverywhere } from '@firstword/shared/permissions';
import type { AccountStore } from '../records/account-store.ts';
import type { PreferenceStore } from '../records/preference-store.ts';

export interface AlertRecipient {
  readonly id: string;
  readonly email: string;
}

export interface AlertRecipientParts {
  readonly accounts: Pick<AccountStore, 'list'>;
  readonly preferences: Pick<PreferenceStore, 'load'>;
}

export type AlertRecipients = (alert: Pick<Alert, 'siteId'>) => Promise<AlertRecipient[]>;

export function createAlertRecipients({ accounts, preferences }: AlertRecipientParts): AlertRecipients {
  return async ({ siteId }) => {
    const able = (await accounts.list()).filter(
      (account) => account.deactivatedAt === undefined && canAct(account, siteId),
    );
    const wished = await Promise.all(
      able.map(async ({ id, email }) =>
        (await preferences.load(id)).notifications['alert-mail'] ? { id, email } : [],
      ),
    );
    return wished.flat();
  };
}

function canAct(account: Access, siteId: string | undefined): boolean {
  return siteId === undefined ? mayEverywhere(account, 'installation:manage') : may(account, 'models:stop', siteId);
}
