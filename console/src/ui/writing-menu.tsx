/** The menu that rewrites or translates the reply, and the button that stops it. */
import { keysOf } from '@firstword/shared/keys-of';
import { languageOf } from '@firstword/shared/language';
import type { WritingTask } from '@firstword/shared/writing-help';
import { useRef } from 'preact/hooks';
import { languageName } from '../language-name.ts';
import { assistTexts as texts } from '../texts/assist-texts.ts';
import type { Workspace } from '../workspace.ts';

export interface WritingMenuProps {
  readonly workspace: Workspace;
  /** What is rewritten. */
  readonly text: string;
  /** The language that the visitor writes in. */
  readonly language: string | undefined;
}

export function WritingMenu({ workspace: { assist }, text, language }: WritingMenuProps) {
  const menu = useRef<HTMLDetailsElement>(null);
  if (assist.text.value !== undefined)
    return (
      <p class="writing-menu" role="status">
        {texts.writing}{' '}
        <button type="button" class="link" onClick={assist.stop}>
          {texts.stop}
        </button>
      </p>
    );
  if (text.trim() === '') return null;
  const close = () => {
    if (menu.current !== null) menu.current.open = false;
  };
  const item = (label: string, task: WritingTask) => (
    <li key={label}>
      <button
        type="button"
        class="writing-menu__item"
        onClick={() => {
          close();
          void assist.start(task);
        }}
      >
        {label}
      </button>
    </li>
  );
  return (
    <details
      ref={menu}
      class="writing-menu"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || menu.current?.open !== true) return;
        event.stopPropagation();
        close();
        menu.current.querySelector('summary')?.focus();
      }}
    >
      <summary class="button button--quiet">{texts.rewrite}</summary>
      <ul class="writing-menu__list">
        {keysOf(texts.actions).map((task) => item(texts.actions[task], { task, text }))}
        {language !== undefined &&
          languageOf(language) !== '' &&
          item(texts.translateTo(languageName(language)), { task: 'translate', text, to: language })}
      </ul>
    </details>
  );
}
