/** The part of a canned reply's form that chooses what is done with the ticket. */
import type { AgentList } from '@firstword/shared/agent-view';
import type { Macro } from '@firstword/shared/canned-reply';
import { keysOf } from '@firstword/shared/keys-of';
import { useEffect, useId } from 'preact/hooks';
import { macroTexts as texts } from '../texts/macro-texts.ts';
import { ticketTexts } from '../texts/ticket-texts.ts';
import type { Workspace } from '../workspace.ts';
import { fieldText } from './field.tsx';

type End = NonNullable<Macro['end']>;

const ENDS: readonly End[] = [
  ...keysOf(ticketTexts.resolutions).map((code) => ({ kind: 'resolve' as const, code })),
  { kind: 'snooze' },
  ...[4, 24, 72, 168].map((hours) => ({ kind: 'snooze' as const, hours })),
];
const textOf = (end: End) =>
  end.kind === 'resolve' ? texts.resolve(ticketTexts.resolutions[end.code]) : texts.snooze(end.hours);

export function MacroFields({ workspace, macro = {} }: { workspace: Workspace; macro: Macro | undefined }) {
  const id = useId();
  const { agents } = workspace;
  useEffect(() => void agents.load(), [agents]);
  const chosen = macro.assignTo;
  const others = (agents.response.value?.agents ?? []).filter((agent) => agent.id !== chosen?.id);
  const ends = macro.end === undefined || ENDS.some(isEnd(macro.end)) ? ENDS : [...ENDS, macro.end];
  return (
    <fieldset class="macro-fields">
      <legend>{texts.title}</legend>
      <p class="field__hint">{texts.hint}</p>
      <div class="field">
        <label for={`${id}-tags`}>{texts.tags}</label>
        <input
          id={`${id}-tags`}
          name="tags"
          type="text"
          autocomplete="off"
          defaultValue={macro.tags?.join(' ') ?? ''}
        />
      </div>
      <div class="field">
        <label for={`${id}-agent`}>{texts.assignTo}</label>
        <select id={`${id}-agent`} name="assignTo">
          <option value="">{texts.unchanged}</option>
          {[...(chosen === undefined ? [] : [chosen]), ...others].map((agent) => (
            <option key={agent.id} value={agent.id} selected={agent.id === chosen?.id}>
              {agent.name}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for={`${id}-end`}>{texts.end}</label>
        <select id={`${id}-end`} name="end">
          <option value="">{texts.unchanged}</option>
          {ends.map((end) => (
            <option key={textOf(end)} value={textOf(end)} selected={macro.end && isEnd(macro.end)(end)}>
              {textOf(end)}
            </option>
          ))}
        </select>
      </div>
    </fieldset>
  );
}

const isEnd = (one: End) => (other: End) => textOf(one) === textOf(other);

/** Undefined when nothing is chosen. @param before what the form began with, whose values may be in no list any more */
export function readMacro(form: FormData, agents: AgentList['agents'], before: Macro = {}): Macro | undefined {
  const tags = fieldText(form, 'tags')
    .split(/[\s,#]+/)
    .filter(Boolean);
  const assignTo = [...agents, before.assignTo].find((agent) => agent?.id === fieldText(form, 'assignTo'));
  const end = [...ENDS, before.end].find((one) => one !== undefined && textOf(one) === fieldText(form, 'end'));
  const macro = {
    ...(tags.length === 0 ? {} : { tags }),
    ...(assignTo === undefined ? {} : { assignTo: { id: assignTo.id, name: assignTo.name } }),
    ...(end === undefined ? {} : { end }),
  };
  return Object.keys(macro).length === 0 ? undefined : macro;
}
