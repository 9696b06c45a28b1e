/** The signed-in agent's picture on the page Your account. */
import { useEffect, useRef } from 'preact/hooks';
import { pictureTexts as texts } from '../texts/picture-texts.ts';
import type { Workspace } from '../workspace.ts';
import { Avatar } from './avatar.tsx';

export function PicturePart({ workspace }: { workspace: Workspace }) {
  const { pictures, session } = workspace;
  const { id, name } = session.agent;
  const field = useRef<HTMLInputElement>(null);
  const picture = pictures.of(id);
  const outcome = pictures.outcome.value;
  const isBusy = outcome === 'saving';
  useEffect(() => pictures.leave, []);
  return (
    <section class="report__part" aria-label={texts.title}>
      <div class="report__title">
        <h2>{texts.title}</h2>
      </div>
      <p class="report__quiet">{texts.hint}</p>
      <div class="picture">
        <Avatar name={name} picture={picture} />
        <input
          ref={field}
          type="file"
          accept="image/*"
          hidden
          aria-label={texts.choose}
          onChange={({ currentTarget }) => {
            const file = currentTarget.files?.[0];
            if (file !== undefined) void pictures.choose(file);
            // The same file can be chosen again.
            currentTarget.value = '';
          }}
        />
        <button type="button" class="button button--plain" disabled={isBusy} onClick={() => field.current?.click()}>
          {picture === undefined ? texts.choose : texts.replace}
        </button>
        {picture !== undefined && (
          <button type="button" class="button button--quiet" disabled={isBusy} onClick={() => void pictures.remove()}>
            {texts.remove}
          </button>
        )}
      </div>
      <div class="picture__outcome">
        <p role="status">
          {outcome !== undefined && texts[outcome]}{' '}
          {outcome === 'removed' && (
            <button type="button" class="link" onClick={() => void pictures.undoRemove()}>
              {texts.undo}
            </button>
          )}
        </p>
        <p class="report__failed" role="alert">
          {pictures.failure.value}
        </p>
      </div>
    </section>
  );
}
