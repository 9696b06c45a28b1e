/** The Canned replies page: a searchable list, and a form to add or edit one. */
import type { CannedReply, CannedReplyList } from '@firstword/shared/canned-reply';
import { may, mayEverywhere, maySomewhere } from '@firstword/shared/permissions';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { macroText } from '../macros.ts';
import { filterChoices } from '../pick-filter.ts';
import { cannedTexts as texts } from '../texts/canned-texts.ts';
import { commonTexts } from '../texts/common-texts.ts';
import type { Workspace } from '../workspace.ts';
import { CannedForm } from './canned-form.tsx';
import { useFocusBack } from './focus.ts';
import { ReportFailed } from './report-failed.tsx';

export function CannedPage({ workspace }: { workspace: Workspace }) {
  const { cannedReplies, session } = workspace;
  const { list, failure } = cannedReplies;
  const isAllowed = maySomewhere(session.agent, 'replies:manage');
  useEffect(() => {
    if (isAllowed) void list.load();
    return cannedReplies.leave;
  }, [cannedReplies, isAllowed]);
  const shown = list.response.value;
  return (
    <main class="report" aria-busy={list.busy.value && shown === undefined}>
      <header class="report__head">
        <h1>{texts.title}</h1>
      </header>
      <p class="report__quiet">{isAllowed ? texts.hint : texts.notAllowed}</p>
      <p class="report__failed" role="alert">
        {failure.value}
      </p>
      {list.failed.value && <ReportFailed text={texts.notRead} onTryAgain={() => list.load()} />}
      {isAllowed && shown === undefined && !list.failed.value && <p class="report__quiet">{commonTexts.loading}</p>}
      {shown !== undefined && <CannedList workspace={workspace} shown={shown} />}
    </main>
  );
}

function CannedList({ workspace, shown }: { workspace: Workspace; shown: CannedReplyList }) {
  const { cannedReplies } = workspace;
  const query = useSignal('');
  /** The id of the reply that is edited; empty for a new one. */
  const editing = useSignal<string | undefined>(undefined);
  const opener = useFocusBack(editing.value !== undefined);
  const close = () => {
    editing.value = undefined;
  };
  const edit = (id: string) => {
    editing.value = id;
  };
  const { agent } = workspace.session;
  const mayChange = ({ siteId }: CannedReply) =>
    siteId === undefined ? mayEverywhere(agent, 'replies:manage') : may(agent, 'replies:manage', siteId);
  const sites = shown.sites.filter(({ id }) => may(agent, 'replies:manage', id));
  const form = (reply?: CannedReply) => (
    <CannedForm workspace={workspace} sites={sites} reply={reply} onClose={close} />
  );
  const choices = shown.replies.map((reply) => ({ label: reply.shortcut, aside: reply.text, reply }));
  const found = filterChoices(choices, query.value);
  return (
    <section class="report__part" aria-label={texts.title}>
      <div class="report__title">
        <input
          class="canned__search"
          type="search"
          aria-label={texts.search}
          placeholder={texts.search}
          value={query.value}
          onInput={({ currentTarget }) => {
            query.value = currentTarget.value;
          }}
        />
        {editing.value === undefined && (
          <button ref={opener} type="button" class="button button--plain" onClick={() => edit('')}>
            {texts.add}
          </button>
        )}
      </div>
      {editing.value === '' && form()}
      <Removed workspace={workspace} />
      {shown.replies.length === 0 && editing.value === undefined && <p class="report__empty">{texts.none}</p>}
      {shown.replies.length > 0 && (
        <p class={found.length === 0 ? 'report__empty' : 'visually-hidden'} role="status">
          {found.length === 0 ? texts.noneFound : texts.found(found.length)}
        </p>
      )}
      <ul class="settings-list">
        {found.map(({ reply }) => (
          <li key={reply.id} class="settings-item">
            {editing.value === reply.id ? (
              form(reply)
            ) : (
              <>
                <div>
                  <p class="settings-item__name">
                    /{reply.shortcut}
                    {reply.siteId !== undefined && (
                      <span class="canned__site">
                        {shown.sites.find(({ id }) => id === reply.siteId)?.name ?? reply.siteId}
                      </span>
                    )}
                  </p>
                  <p class="settings-item__line canned__text" dir="auto">
                    {reply.text}
                  </p>
                  {reply.macro !== undefined && <p class="settings-item__line">{macroText(reply.macro)}</p>}
                </div>
                {mayChange(reply) && (
                  <div class="settings-item__actions">
                    <ItemButton label={texts.edit} reply={reply} onClick={() => edit(reply.id)} />
                    <ItemButton label={texts.delete} reply={reply} onClick={() => cannedReplies.remove(reply)} />
                  </div>
                )}
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function ItemButton({ label, reply, onClick }: { label: string; reply: CannedReply; onClick: () => void }) {
  return (
    <button type="button" class="button button--quiet" aria-label={`${label}, ${reply.shortcut}`} onClick={onClick}>
      {label}
    </button>
  );
}

function Removed({ workspace: { cannedReplies } }: { workspace: Workspace }) {
  const { removed, undoRemove } = cannedReplies;
  return (
    <p class="canned__removed" role="status">
      {removed.value !== undefined && (
        <>
          {texts.deleted(removed.value.shortcut)}{' '}
          <button type="button" class="link" onClick={() => undoRemove()}>
            {texts.undo}
          </button>
        </>
      )}
    </p>
  );
}
