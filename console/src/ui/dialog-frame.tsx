/** A modal dialog. The browser keeps the focus inside, closes it on Escape and then restores the focus. */
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { dialogTexts } from '../texts/dialog-texts.ts';
import type { Workspace } from '../workspace.ts';

export interface DialogFrameProps {
  readonly workspace: Workspace;
  readonly title: string;
  readonly hint?: string;
  readonly wide?: boolean;
  /** Wide enough for two columns of text. */
  readonly widest?: boolean;
  readonly children: ComponentChildren;
}

export function DialogFrame({ workspace, title, hint, wide = false, widest = false, children }: DialogFrameProps) {
  const id = useId();
  const box = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = box.current;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>('[data-first]')?.focus();
    // Focusing a button at the end of a long dialog scrolls its title out of sight.
    dialog?.scrollTo({ top: 0 });
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={box}
      class={`dialog${wide ? ' dialog--wide' : ''}${widest ? ' dialog--widest' : ''}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        workspace.dialog.value = undefined;
      }}
    >
      <h2 id={id}>{title}</h2>
      {hint !== undefined && <p class="dialog__hint">{hint}</p>}
      {children}
    </dialog>
  );
}

/** The last line of a dialog with a form: Cancel, and the button that submits it. */
export function FormDialogFoot({ workspace, children }: Pick<DialogFrameProps, 'workspace' | 'children'>) {
  return (
    <div class="dialog__foot">
      <button
        type="button"
        class="button button--quiet"
        onClick={() => {
          workspace.dialog.value = undefined;
        }}
      >
        {dialogTexts.cancel}
      </button>
      {children}
    </div>
  );
}

/** The Close button of a dialog without a form; `first` focuses it. */
export function CloseFoot({ workspace, first = false }: { workspace: Workspace; first?: boolean }) {
  return (
    <div class="dialog__foot">
      <button
        type="button"
        class="button button--plain"
        data-first={first || undefined}
        onClick={() => {
          workspace.dialog.value = undefined;
        }}
      >
        {dialogTexts.close}
      </button>
    </div>
  );
}
