/** The state of the conversation feed. Shown to administrators only while something is wrong with it. */
import type { SetAsideView } from '@firstword/shared/feed-status';
import { useEffect, useState } from 'preact/hooks';
import { countText } from '../numbers.ts';
import { feedTexts, groupName, lagText, typeName } from '../texts/feed-texts.ts';
import type { Workspace } from '../workspace.ts';
import { Ago } from './clock.tsx';
import { ConversationLink } from './conversation-link.tsx';
import { FigureTable } from './figure-table.tsx';

/** Usually a consumer is behind by less than a second. */
const LAG_SECONDS = 10;

export function FeedPart({ workspace }: { workspace: Workspace }) {
  const { feed } = workspace;
  useEffect(() => feed.load(), [feed]);
  const groups = feed.status.response.value?.groups ?? [];
  const events = feed.setAside.response.value?.events ?? [];
  const outcome = feed.outcome.value;
  const isLate = groups.some(({ lagSeconds }) => lagSeconds > LAG_SECONDS);
  if (!isLate && events.length === 0 && outcome === '') return null;
  const { group, lag, waiting, processes, setAside } = feedTexts.columns;
  return (
    <section class="report__part" aria-label={feedTexts.title}>
      <h2>{feedTexts.title}</h2>
      <p class="report__quiet">{feedTexts.hint}</p>
      <FigureTable
        caption={feedTexts.caption}
        columns={[group, lag, waiting, processes, setAside]}
        rows={groups.map((status) => ({
          key: status.group,
          name: groupName(status.group),
          cells: [lagText(status), countText(status.waiting), countText(status.processes), countText(status.setAside)],
        }))}
      />
      {events.length > 0 && (
        <>
          <h3 class="report__subtitle">{feedTexts.setAsideTitle(events.length)}</h3>
          <p class="report__quiet">{feedTexts.setAsideHint}</p>
          <ul>
            {events.map((event) => (
              <SetAsideItem key={event.id} workspace={workspace} event={event} />
            ))}
          </ul>
        </>
      )}
      <p class="report__quiet" role="status">
        {outcome}
      </p>
    </section>
  );
}

function SetAsideItem({ workspace, event }: { workspace: Workspace; event: SetAsideView }) {
  const { feed, router } = workspace;
  const [confirming, setConfirming] = useState(false);
  const { id, group, type, conversationId, at, tries, reason } = event;
  const isBusy = feed.busy.value.includes(id);
  const name = groupName(group);
  return (
    <li class="aside">
      <div class="aside__words">
        <p>
          <b>{typeName(type)}</b> · {name}
        </p>
        <p class="report__quiet">{reason}</p>
        <p class="report__quiet">
          {feedTexts.happened} <Ago at={at} /> · {feedTexts.tries(tries)}
          {conversationId !== undefined && (
            <>
              {' · '}
              <ConversationLink router={router} id={conversationId}>
                {feedTexts.openConversation}
              </ConversationLink>
            </>
          )}
        </p>
      </div>
      <div class="aside__actions">
        <button
          type="button"
          class="button button--plain"
          disabled={isBusy}
          aria-label={feedTexts.named(feedTexts.redeliver, typeName(type), name)}
          onClick={() => feed.redeliver(event)}
        >
          {feedTexts.redeliver}
        </button>
        <button
          type="button"
          class="button button--quiet"
          disabled={isBusy}
          aria-label={feedTexts.named(confirming ? feedTexts.confirmRemove : feedTexts.remove, typeName(type), name)}
          onBlur={() => setConfirming(false)}
          onClick={() => (confirming ? feed.discard(event) : setConfirming(true))}
        >
          {confirming ? feedTexts.confirmRemove : feedTexts.remove}
        </button>
      </div>
    </li>
  );
}
