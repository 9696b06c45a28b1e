/** The Team page: members with their role and sites, open invitations, and the form to invite an agent. */
import { may } from '@firstword/shared/permissions';
import type { Team } from '@firstword/shared/team';
import { useSignal } from '@preact/signals';
import { expiryText, sitesText, teamTexts as texts } from '../texts/team-texts.ts';
import type { Workspace } from '../workspace.ts';
import { RoleField, readReach, readRole, SitesField } from './access-fields.tsx';
import { Field, fieldText } from './field.tsx';
import { FormFoot } from './form-foot.tsx';
import { ListHead } from './list-head.tsx';
import { MemberItem } from './member-item.tsx';
import { SettingsFrame } from './settings-frame.tsx';

export function TeamPage({ workspace }: { workspace: Workspace }) {
  const { team, session } = workspace;
  return (
    <SettingsFrame title={texts.team} outcome={team} resource={team.team} isAllowed={may(session.agent, 'team:manage')}>
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
  const mayGiveAll = session.agent.sites === undefined;
  const problem = useSignal('');

  async function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const reach = readReach(form, mayGiveAll);
    problem.value = reach === undefined ? texts.noSite : '';
    if (reach === undefined) return;
    const access = { role: readRole(form.get('role')), ...reach };
    if (await team.invite({ email: fieldText(form, 'email'), ...access })) inviting.value = false;
  }

  return (
    <section class="report__part" aria-label={texts.invites}>
      <ListHead action={texts.invite} adding={inviting}>
        <h2>{texts.invites}</h2>
      </ListHead>
      {inviting.value && (
        <form class="settings-form" aria-label={texts.invite} onSubmit={submit}>
          <Field label={texts.email} name="email" type="email" autocomplete="off" maxLength={254} />
          <RoleField initial="agent" />
          <SitesField sites={shown.sites} chosen={undefined} mayGiveAll={mayGiveAll} />
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
        {shown.invites.map(({ id, email, role, sites, expiresAt }) => (
          <li key={id} class="settings-item">
            <div>
              <p class="settings-item__name">{email}</p>
              <p class="settings-item__line">
                {`${texts.roles[role]} · ${sitesText(sites, shown.sites)} · ${expiryText(expiresAt, Date.now())}`}
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
