/** The API tokens page: what programs may do, until when, and when they last did. */

import { API_SCOPES, mayEverywhere, maySomewhere } from '@firstword/shared/permissions';
import type { TokenList } from '@firstword/shared/team';
import { useSignal } from '@preact/signals';
import { dateText, expiryText, sitesText, teamTexts as texts } from '../texts/team-texts.ts';
import type { Workspace } from '../workspace.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { Field, fieldText } from './field.tsx';
import { focusFirstField } from './focus.ts';
import { FormFoot } from './form-foot.tsx';
import { ListHead } from './list-head.tsx';
import { SelectField } from './select-field.tsx';
import { SettingsFrame } from './settings-frame.tsx';
import { readReach, SitesField } from './sites-field.tsx';

export function TokensPage({ workspace }: { workspace: Workspace }) {
  const { team, session } = workspace;
  const adding = useSignal(false);
  return (
    <SettingsFrame
      title={texts.tokens}
      outcome={team}
      resource={team.tokens}
      isAllowed={maySomewhere(session.agent, 'team:manage')}
    >
      {(shown) => (
        <section class="report__part" aria-label={texts.tokens}>
          <ListHead action={texts.addToken} adding={adding}>
            <p class="report__quiet">{texts.tokensHint}</p>
          </ListHead>
          {adding.value && (
            <TokenForm
              workspace={workspace}
              shown={shown}
              onClose={() => {
                adding.value = false;
              }}
            />
          )}
          {shown.tokens.length === 0 && <p class="report__empty">{texts.tokensEmpty}</p>}
          <ul class="settings-list">
            {shown.tokens.map((token) => (
              <TokenItem key={token.id} workspace={workspace} shown={shown} token={token} />
            ))}
          </ul>
        </section>
      )}
    </SettingsFrame>
  );
}

interface ItemProps {
  readonly workspace: Workspace;
  readonly shown: TokenList;
  readonly token: TokenList['tokens'][number];
}

function TokenItem({ workspace: { team }, shown, token }: ItemProps) {
  const { id, name, scope, sites, expiresAt, lastUsedAt, madeBy, limited } = token;
  const parts = [
    ...[texts.scopes[scope], sitesText(sites, shown.sites), expiryText(expiresAt, Date.now())],
    lastUsedAt === undefined ? texts.neverUsed : texts.lastUsed(dateText(lastUsedAt)),
    ...(madeBy === undefined ? [] : [texts.madeBy(madeBy)]),
  ];
  return (
    <li class="settings-item">
      <div>
        <p class="settings-item__name">{name}</p>
        <p class="settings-item__line">{parts.join(' · ')}</p>
        {limited !== undefined && <p class="settings-item__line">{texts.limited[limited]}</p>}
      </div>
      <div class="settings-item__actions">
        <ConfirmButton
          label={texts.delete}
          name={name}
          sure={texts.deleteSure}
          cancel={texts.cancel}
          onConfirm={() => void team.removeToken(id)}
        />
      </div>
    </li>
  );
}

function TokenForm(props: { workspace: Workspace; shown: TokenList; onClose: () => void }) {
  const { team, session } = props.workspace;
  const problem = useSignal('');
  const mayGiveAll = mayEverywhere(session.agent, 'team:manage');

  async function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const reach = readReach(form, mayGiveAll);
    problem.value = reach === undefined ? texts.noSite : '';
    if (reach === undefined) return;
    const days = Number(fieldText(form, 'days'));
    const made = await team.addToken({
      name: fieldText(form, 'name'),
      scope: API_SCOPES.find((name) => name === form.get('scope')) ?? 'read',
      ...reach,
      ...(days > 0 ? { days } : {}),
    });
    if (made) props.onClose();
  }

  return (
    <form class="settings-form" aria-label={texts.addToken} ref={focusFirstField} onSubmit={submit}>
      <Field label={texts.name} name="name" type="text" autocomplete="off" maxLength={80} />
      <SelectField
        label={texts.scope}
        name="scope"
        options={API_SCOPES.map((value) => ({ value, label: texts.scopes[value] }))}
      />
      <SelectField
        label={texts.expiry}
        name="days"
        options={texts.expiries.map(({ days, label }) => ({ value: String(days ?? 0), label }))}
      />
      <SitesField sites={props.shown.sites} mayGiveAll={mayGiveAll} />
      <p class="report__failed" role="alert">
        {problem.value}
      </p>
      <FormFoot action={texts.createToken} onCancel={props.onClose} />
    </form>
  );
}
