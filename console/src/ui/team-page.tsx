/** The Team page: members with their roles, open invitations, and the form to invite an agent. */
import { mayEverywhere, maySomewhere } from '@firstword/shared/permissions';
import type { Team } from '@firstword/shared/team';
import { useSignal } from '@preact/signals';
import { expiryText, rolesText, teamTexts as texts } from '../texts/team-texts.ts';
import type { Workspace } from '../workspace.ts';
import { RolesField, readRoles } from './access-fields.tsx';
import { Field, fieldText } from './field.tsx';
import { focusFirstField } from './focus.ts';
import { FormFoot } from './form-foot.tsx';
import { ListHead } from './list-head.tsx';
import { MemberItem } from './member-item.tsx';
import { SettingsFrame } from './settings-frame.tsx';

export function TeamPage({ workspace }: { workspace: Workspace }) {
  const { team, session } = workspace;
  return (
    <SettingsFrame
      title={texts.team}
      outcome={team}
      resource={team.team}
      isAllowed={maySomewhere(session.agent, 'team:manage')}
    >
      {(shown) => (
        <>
          <section class="report__part" aria-label={texts.members}>
            <h2>{texts.members}</h2>
            <ul class="settings-list">
              {shown.members.map((member) => (
                <MemberItem key={member.id} workspace={workspace} team={shown} member={member} />
              ))}
            </ul>
          </section>
          <Invites workspace={workspace} shown={shown} />
        </>
      )}
    </SettingsFrame>
  );
}

function Invites({ workspace: { team, session }, shown }: { workspace: Workspace; shown: Team }) {
  const inviting = useSignal(false);
  const mayGiveAll = mayEverywhere(session.agent, 'team:manage');
  const problem = useSignal('');

  async function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const roles = readRoles(form);
    problem.value = roles === undefined ? texts.noRole : '';
    if (roles === undefined) return;
    if (await team.invite({ email: fieldText(form, 'email'), roles })) inviting.value = false;
  }

  return (
    <section class="report__part" aria-label={texts.invites}>
      <ListHead action={texts.invite} adding={inviting}>
        <h2>{texts.invites}</h2>
      </ListHead>
      {inviting.value && (
        <form class="settings-form" aria-label={texts.invite} ref={focusFirstField} onSubmit={submit}>
          <Field label={texts.email} name="email" type="email" autocomplete="off" maxLength={254} />
          <RolesField sites={shown.sites} initial={{}} mayGiveAll={mayGiveAll} />
          <p class="field__hint">{texts.inviteHint}</p>
          <p class="report__failed" role="alert">
            {problem.value}
          </p>
          <FormFoot
            action={texts.createInvite}
            onCancel={() => {
              inviting.value = false;
            }}
          />
        </form>
      )}
      {shown.invites.length === 0 && <p class="report__quiet">{texts.noInvites}</p>}
      <ul class="settings-list">
        {shown.invites.map(({ id, email, roles, expiresAt }) => (
          <li key={id} class="settings-item">
            <div>
              <p class="settings-item__name">{email}</p>
              <p class="settings-item__line">
                {`${rolesText(roles, shown.sites)} · ${expiryText(expiresAt, Date.now())}`}
              </p>
            </div>
            <button
              type="button"
              class="button button--quiet"
              aria-label={`${texts.withdraw}, ${email}`}
              onClick={() => void team.withdrawInvite(id)}
            >
              {texts.withdraw}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
