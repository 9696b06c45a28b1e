/** The signed-in agent at the end of the bar, with the menu to be online or away. */
import { keysOf } from '@firstword/shared/keys-of';
import { maySomewhere } from '@firstword/shared/permissions';
import { useId } from 'preact/hooks';
import { statusTexts as texts } from '../texts/status-texts.ts';
import type { Workspace } from '../workspace.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';
import { usePopup } from './use-popup.ts';

export function StatusMenu({ workspace }: { workspace: Workspace }) {
  const { agent } = workspace.session;
  const { own, choose, failure } = workspace.statuses;
  const picture = workspace.pictures.of(agent.id);
  const { open, box, button, toggle, close } = usePopup();
  const panel = useId();
  if (!maySomewhere(agent, 'tickets:write'))
    return (
      <span class="rail__self" data-tip={`${agent.name} · ${agent.email}`}>
        <Avatar name={agent.name} picture={picture} />
      </span>
    );
  return (
    <div class="status-menu" ref={box}>
      <button
        type="button"
        class="rail__self"
        aria-expanded={open}
        aria-controls={panel}
        {...(open ? {} : { 'data-tip': `${agent.name} · ${texts.statuses[own.value]}` })}
        ref={button}
        onClick={toggle}
      >
        <Avatar name={agent.name} picture={picture} />
        <StatusDot status={own.value} />
        <span class="visually-hidden">{texts.yours(own.value)}</span>
      </button>
      <fieldset class="menu-panel status-menu__panel" id={panel} aria-label={texts.title} hidden={!open}>
        <p class="status-menu__name">{agent.name}</p>
        <p class="status-menu__email">{agent.email}</p>
        {keysOf(texts.hints).map((status) => (
          <button
            type="button"
            key={status}
            class="menu-item status-menu__item"
            aria-pressed={own.value === status}
            onClick={() => {
              close();
              void choose(status);
            }}
          >
            <StatusDot status={status} />
            <span>
              {texts.statuses[status]}
              <span class="status-menu__hint">{texts.hints[status]}</span>
            </span>
            {own.value === status && <Icon name="check" size={16} />}
          </button>
        ))}
      </fieldset>
      {failure.value !== undefined && (
        <p class="status-menu__failed" role="alert">
          {failure.value}
        </p>
      )}
    </div>
  );
}

/** Decorative: the status is written beside it. */
export function StatusDot({ status }: { status: keyof typeof texts.statuses }) {
  return <span class={`status-dot status-dot--${status}`} aria-hidden="true" />;
}
