/** One member of the team: roles, and what an administrator can do. */
import { mayEverywhere } from '@firstword/shared/permissions';
import type { Team, TeamMember } from '@firstword/shared/team';
import { type Signal, useSignal } from '@preact/signals';
import { statusTexts } from '../texts/status-texts.ts';
import { rolesText, teamTexts as texts } from '../texts/team-texts.ts';
import type { Workspace } from '../workspace.ts';
import { RolesField, readRoles } from './access-fields.tsx';
import { Avatar } from './avatar.tsx';
import { ConfirmButton } from './confirm-button.tsx';
import { focusFirstField, useFocusBack } from './focus.ts';
import { FormFoot } from './form-foot.tsx';
import { StatusDot } from './status-menu.tsx';

interface MemberProps {
  readonly workspace: Workspace;
  readonly team: Team;
  readonly member: TeamMember;
}

export function MemberItem({ workspace, team, member }: MemberProps) {
  const { id, name, email, roles, deactivatedAt } = member;
  const { session, statuses, pictures } = workspace;
  const isSelf = id === session.agent.id;
  const status = isSelf ? statuses.own.value : statuses.of(id);
  const changing = useSignal(false);
  const close = () => {
    changing.value = false;
  };
  return (
    <li class="settings-item">
      <Avatar name={name} picture={pictures.of(id)} />
      <div>
        <p class="settings-item__name">
          {name}
          {isSelf && ` (${texts.you})`}
          {deactivatedAt === undefined ? (
            <span class="status-label">
              <StatusDot status={status} />
              {statusTexts.statuses[status]}
            </span>
          ) : (
            <span class="settings-item__state">{texts.deactivated}</span>
          )}
        </p>
        <p class="settings-item__line">{`${email} · ${rolesText(roles, team.sites)}`}</p>
      </div>
      <MemberActions workspace={workspace} member={member} passwords={team.passwords} changing={changing} />
      {changing.value && <AccessForm workspace={workspace} team={team} member={member} onClose={close} />}
    </li>
  );
}

function MemberActions(
  props: { workspace: Workspace; member: TeamMember; changing: Signal<boolean> } & Pick<Team, 'passwords'>,
) {
  const { member, passwords, changing } = props;
  const { team, session } = props.workspace;
  const { id, name, deactivatedAt, secondFactor } = member;
  const isSelf = id === session.agent.id;
  const change = () => {
    changing.value = true;
  };
  const opener = useFocusBack(changing.value);
  const button = (label: string, act: () => void, ref?: typeof opener) => (
    <button ref={ref ?? null} type="button" class="button button--quiet" aria-label={`${label}, ${name}`} onClick={act}>
      {label}
    </button>
  );
  if (deactivatedAt !== undefined)
    return <div class="settings-item__actions">{button(texts.activate, () => void team.setActive(id, true))}</div>;
  return (
    <div class="settings-item__actions">
      {!isSelf && button(texts.change, change, opener)}
      {passwords && button(texts.reset, () => void team.reset(member))}
      {!isSelf && secondFactor && button(texts.removeFactor, () => void team.removeFactorOf(id))}
      {!isSelf && button(texts.endSessions, () => void team.endSessionsOf(id))}
      {!isSelf && (
        <ConfirmButton
          label={texts.deactivate}
          name={name}
          sure={texts.deactivateSure}
          cancel={texts.cancel}
          onConfirm={() => void team.setActive(id, false)}
        />
      )}
    </div>
  );
}

function AccessForm({ workspace, team, member, onClose }: MemberProps & { onClose: () => void }) {
  const mayGiveAll = mayEverywhere(workspace.session.agent, 'team:manage');
  const problem = useSignal('');

  async function submit(event: SubmitEvent & { currentTarget: HTMLFormElement }) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const roles = readRoles(form);
    problem.value = roles === undefined ? texts.noRole : '';
    if (roles !== undefined && (await workspace.team.setAccess(member.id, { roles }))) onClose();
  }

  return (
    <form class="settings-form" aria-label={`${texts.change}, ${member.name}`} ref={focusFirstField} onSubmit={submit}>
      <RolesField sites={team.sites} initial={member.roles} mayGiveAll={mayGiveAll} />
      <p class="report__failed" role="alert">
        {problem.value}
      </p>
      <FormFoot action={texts.save} onCancel={onClose} />
    </form>
  );
}
