/** The open panel: header, conversation, composer, and a notice about the connection when needed. */
import { isComposing } from '@firstword/shared/composing';
import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { asksFirst } from '../chat/chat-state.ts';
import type { Chat } from '../chat/create-chat.ts';
import { TextsContext, useTexts } from '../texts.ts';
import { Composer } from './composer.tsx';
import { Conversation } from './conversation.tsx';
import { filesOf } from './dropped-files.ts';
import { Header } from './header.tsx';
import { linkNotice } from './link-notice.ts';
import { LiveRegion } from './live-region.tsx';
import { Menu } from './menu.tsx';
import type { MenuEntry } from './menu-entry.ts';
import { ExtrasContext, useExtras } from './use-extras.ts';
import { useKeptFocus } from './use-kept-focus.ts';
import { useVisiblePart } from './use-visible-part.ts';

/** No notice for a connection that is back within this time. */
const CALM_MS = 1500;

/** True until the connection has been down for `CALM_MS`. */
function useCalm(online: boolean): boolean {
  const [calm, setCalm] = useState(true);
  useEffect(() => {
    setCalm(true);
    if (online) return;
    const timer = setTimeout(() => setCalm(false), CALM_MS);
    return () => clearTimeout(timer);
  }, [online]);
  return calm;
}

/** A sentence above the message field, and what to do about it. */
function Banner({ text, action, act }: { text: string; action?: string | undefined; act?: () => void }) {
  return (
    <p class="banner">
      {text}
      {action && (
        <button type="button" class="link" onClick={act}>
          {action}
        </button>
      )}
    </p>
  );
}

export function PanelView(props: {
  chat: Chat;
  open: ReadonlySignal<boolean>;
  /** The page is on screen. */
  visible: ReadonlySignal<boolean>;
  sound: ReadonlySignal<boolean>;
  sourceBase: string;
  onSound: (on: boolean) => void;
  onOpen: () => void;
  /** Undefined where the panel is a part of the page. */
  onClose: (() => void) | undefined;
  /** Whether the message field takes the focus when the panel opens. */
  takesFocus: () => boolean;
}) {
  const { chat, open, visible, sound, sourceBase, onSound, onOpen, onClose, takesFocus } = props;
  const texts = useTexts();
  const { extraTexts, missing } = useContext(TextsContext);
  const extrasLoader = useContext(ExtrasContext);
  const { dialog, fallbackSite, reconnect, actionFailed, partMissing, retry } = texts;
  const state = chat.outline.value;
  const panel = useRef<HTMLDivElement>(null);
  const { draft } = chat;
  const files = useSignal<readonly File[]>([]);
  const extras = extrasLoader?.extras.value;
  const [sends, setSends] = useState(0);
  const [announcement, setAnnouncement] = useState('');
  const calm = useCalm(state.connection.kind === 'online');
  const notice = linkNotice(state, calm, texts);
  const shown = open.value;
  const asks = asksFirst(state);
  const acceptsFiles = state.site?.uploads !== undefined;
  const parts = useExtras(asks || acceptsFiles || state.ended || !!state.site?.answerWhileTyping);
  useKeptFocus(panel);
  useVisiblePart(panel);

  useEffect(() => {
    // Ahead of need: a deploy may replace the files of an open chat.
    if (shown) void extrasLoader?.load();
    if (!shown || !takesFocus()) return;
    // A touch keyboard would cover the greeting.
    const field = matchMedia('(pointer: coarse)').matches ? panel.current : panel.current?.querySelector('textarea');
    field?.focus({ preventScroll: true });
  }, [shown]);
  useEffect(() => {
    if (shown && visible.value) chat.markRead();
  }, [shown, visible.value, state.messages]);

  function sent() {
    setAnnouncement('');
    setSends((count) => count + 1);
  }
  function ask(question: string) {
    const { messages, outgoing } = chat.state.value;
    // The second click of a double click comes before the suggestions are gone.
    if (messages.length + outgoing.length > 0) return;
    chat.send(question);
    sent();
    panel.current?.querySelector('textarea')?.focus({ preventScroll: true });
  }
  async function requestAgent() {
    setAnnouncement('');
    const asked = await chat.requestAgent();
    const { agentRequested, agentRequestFailed } = extraTexts.value ?? {};
    setAnnouncement((asked ? agentRequested : agentRequestFailed) ?? actionFailed);
  }

  async function save() {
    setAnnouncement('');
    const loaded = await extrasLoader?.load();
    if (!(await loaded?.saveTranscript(chat, texts, state.site?.name ?? fallbackSite))) setAnnouncement(actionFailed);
  }
  /** Accepts dropped or pasted files, or shows why not. The page must not get them: the browser would open the file. */
  function take(event: Event, data: DataTransfer | null) {
    const given = filesOf(data);
    if (!given) return;
    event.preventDefault();
    if (event.type === 'dragover' || given.length === 0) return;
    setAnnouncement('');
    if (acceptsFiles && !asks && !state.ended) files.value = given;
    else void extrasLoader?.want().then(() => setAnnouncement(extraTexts.value?.noFiles ?? ''));
  }
  function end() {
    chat.setEnded(true);
    setSends((count) => count + 1);
  }
  function continueChat() {
    chat.setEnded(false);
    requestAnimationFrame(() => panel.current?.querySelector('textarea')?.focus({ preventScroll: true }));
  }

  function menuEntries(): MenuEntry[] {
    const written = state.messages.length > 0;
    return [
      ...(state.responder.responder === 'assistant'
        ? [{ icon: 'person' as const, label: 'talkToAgent' as const, act: () => void requestAgent() }]
        : []),
      ...(written ? [{ icon: 'save' as const, label: 'saveTranscript' as const, act: () => void save() }] : []),
      { icon: 'sound', label: 'sound', checked: sound.value, act: () => onSound(!sound.value) },
      ...(written && !state.ended ? [{ icon: 'end' as const, label: 'endChat' as const, act: end }] : []),
    ];
  }

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it has one of two roles, and the key is the dialog's */}
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles take a name */}
      <div
        ref={panel}
        class="panel"
        data-open={shown}
        role={onClose ? 'dialog' : 'group'}
        aria-label={dialog(state.site?.name ?? fallbackSite)}
        tabIndex={-1}
        onDragOver={(event) => take(event, event.dataTransfer)}
        onDrop={(event) => take(event, event.dataTransfer)}
        onPaste={(event) => take(event, event.clipboardData)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || isComposing(event) || !onClose) return;
          event.stopPropagation();
          // Otherwise the page's own dialog around the widget would close, too.
          event.preventDefault();
          onClose();
        }}
      >
        <Header state={state} calm={calm} onClose={onClose}>
          {extras && <extras.HomeButton chat={chat} view={extrasLoader.view} />}
          {extras && <extras.HeaderAgent state={state} server={sourceBase} />}
          <Menu chat={chat} entries={menuEntries} />
        </Header>
        <Conversation chat={chat} sourceBase={sourceBase} draft={draft} sends={sends} onAsk={ask} />
        {announcement !== '' && [actionFailed, extraTexts.value?.agentRequestFailed].includes(announcement) && (
          <Banner
            text={announcement}
            action={retry}
            act={() => void (announcement === actionFailed ? save() : requestAgent())}
          />
        )}
        {announcement !== '' && announcement === extraTexts.value?.noFiles && <Banner text={announcement} />}
        {missing.value && <Banner text={partMissing} action={retry} act={() => void extrasLoader?.want()} />}
        {notice && (
          <Banner
            key={notice.text}
            text={notice.text}
            action={notice.retry ? reconnect : undefined}
            act={() => chat.reconnect()}
          />
        )}
        {parts && state.ended ? (
          <parts.Ended chat={chat} onContinue={continueChat} />
        ) : parts && asks ? (
          <parts.PreChat chat={chat} focus={onClose !== undefined} onDone={continueChat} />
        ) : (
          <Composer chat={chat} draft={draft} onSend={sent}>
            {parts && <parts.BesideField chat={chat} dropped={files} />}
          </Composer>
        )}
        {extras && (
          <extras.CoverPage
            chat={chat}
            view={extrasLoader.view}
            sourceBase={sourceBase}
            onClose={onClose}
            onOpen={sent}
          />
        )}
        <LiveRegion chat={chat} notice={notice?.text ?? (announcement || (missing.value ? partMissing : ''))} />
      </div>
      {extras && !shown && <extras.Preview message={extrasLoader.preview} server={sourceBase} onOpen={onOpen} />}
    </>
  );
}
