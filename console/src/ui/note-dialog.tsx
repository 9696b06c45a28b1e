/** Adds a note for other agents, and mentions some of them. */
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { mentionedIn } from '../mentions.ts';
import { dialogTexts } from '../texts/dialog-texts.ts';
import type { Workspace } from '../workspace.ts';
import { DialogForm } from './dialog-form.tsx';
import { fieldText } from './field.tsx';
import { useSuggestions } from './use-suggestions.tsx';

export function NoteDialog({ workspace }: { workspace: Workspace }) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const { agents: list, session } = workspace;
  useLayoutEffect(() => void list.load(), [list]);
  const { siteId = '' } = workspace.ticket.current.value?.detail?.ticket ?? {};
  const agents = (list.response.value?.agents ?? []).filter(
    ({ id: agentId, sites }) => agentId !== session.agent.id && sites.includes(siteId),
  );
  const suggestions = useSuggestions({
    field,
    mark: '@',
    label: dialogTexts.noteAgents,
    suggestions: agents.map((agent) => ({ id: agent.id, label: agent.name, aside: '' })),
    onOpen: () => {},
    textOf: ({ label }) => `@${label} `,
  });
  return (
    <DialogForm
      workspace={workspace}
      title={dialogTexts.note}
      hint={dialogTexts.noteHint}
      action={dialogTexts.note}
      onSubmit={(form) => {
        const text = fieldText(form, 'text').trim();
        const mentions = mentionedIn(text, agents).map((agent) => agent.id);
        if (text !== '') void workspace.ticket.act('note', { text, mentions });
      }}
    >
      <div class="field">
        <label for={id}>{dialogTexts.noteText}</label>
        {suggestions.list}
        <textarea
          ref={field}
          id={id}
          name="text"
          rows={5}
          maxLength={2000}
          required
          data-first
          {...suggestions.attributes}
          onInput={({ currentTarget }) => suggestions.follow(currentTarget)}
          onBlur={suggestions.close}
          onKeyDown={(event) => {
            if (event.ctrlKey || event.metaKey || !suggestions.press(event.key)) return;
            event.preventDefault();
            event.stopPropagation();
          }}
        />
      </div>
    </DialogForm>
  );
}
