/** The open panel: header, conversation, composer, and a notice about the connection when needed. */
import { isComposing } from '@firstword/shared/composing';
import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { asksFirst } from '../chat/chat-state.ts';
import type { Chat } from '../chat/create-chat.ts';
import { texts } from '../texts.ts';
import { Composer } from './composer.tsx';
import { Conversation } from './conversation.tsx';
import { Ended } from './ended.tsx';
import { Header } from './header.tsx';
import { linkNotice } from './link-notice.ts';
import { LiveRegion } from './live-region.tsx';
import { Menu, MenuItem } from './menu.tsx';
import { loadExtras, useExtras } from './use-extras.ts';

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

/** On a phone the panel must end above the keyboard; only the visual viewport knows where that is. */
function useKeyboardInset(panel: { current: HTMLElement | null }) {
  useEffect(() => {
    const viewport = window.visualViewport;
    if (!viewport) return;
    const fit = () => {
      panel.current?.style.setProperty('--visible-height', `${viewport.height}px`);
      panel.current?.style.setProperty('--visible-top', `${viewport.offsetTop}px`);
    };
    fit();
    viewport.addEventListener('resize', fit);
    viewport.addEventListener('scroll', fit);
    return () => {
      viewport.removeEventListener('resize', fit);
      viewport.removeEventListener('scroll', fit);
    };
  }, []);
}

export function PanelView(props: {
  chat: Chat;
  open: ReadonlySignal<boolean>;
  /** The page is on screen. */
  visible: ReadonlySignal<boolean>;
  sound: ReadonlySignal<boolean>;
  sourceBase: string;
  onSound: (on: boolean) => void;
  /** Undefined where the panel is a part of the page. */
  onClose: (() => void) | undefined;
}) {
  const { chat, open, visible, sound, sourceBase, onSound, onClose } = props;
  const { dialog, fallbackSite, reconnect, agentRequested, agentRequestFailed, talkToAgent, endChat } = texts.value;
  const { saveTranscript, sound: soundLabel, actionFailed } = texts.value;
  const state = chat.outline.value;
  const panel = useRef<HTMLDivElement>(null);
  const draft = useSignal('');
  const [sends, setSends] = useState(0);
  const [announcement, setAnnouncement] = useState('');
  const calm = useCalm(state.connection.kind === 'online');
  const notice = linkNotice(state, calm, texts.value);
  const shown = open.value;
  const asks = asksFirst(state);
  const acceptsFiles = state.site?.uploads !== undefined;
  const parts = useExtras(asks || acceptsFiles);
  useKeyboardInset(panel);

  useEffect(() => {
    // A chat mounted into the page does not take the focus by itself.
    if (!shown || !onClose) return;
    // A touch keyboard would cover the greeting.
    const field = matchMedia('(pointer: coarse)').matches ? panel.current : panel.current?.querySelector('textarea');
    field?.focus({ preventScroll: true });
  }, [shown]);
  useEffect(() => {
    if (shown && visible.value) chat.markRead();
  }, [shown, visible.value, state.messages]);

  function ask(question: string) {
    chat.send(question);
    setSends((count) => count + 1);
    panel.current?.querySelector('textarea')?.focus({ preventScroll: true });
  }
  async function requestAgent() {
    setAnnouncement('');
    setAnnouncement((await chat.requestAgent()) ? agentRequested : agentRequestFailed);
  }

  async function save() {
    setAnnouncement('');
    const [extras, messages] = await Promise.all([loadExtras(), chat.readAll()]);
    if (!extras || !messages) return setAnnouncement(actionFailed);
    const name = state.site?.name ?? fallbackSite;
    extras.saveText(`${name}.txt`, extras.transcript(messages, texts.value, name));
  }
  function end() {
    chat.setEnded(true);
    setSends((count) => count + 1);
  }
  function continueChat() {
    chat.setEnded(false);
    requestAnimationFrame(() => panel.current?.querySelector('textarea')?.focus({ preventScroll: true }));
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it has one of two roles, and the key is the dialog's
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles take a name
    <div
      ref={panel}
      class="panel"
      data-open={shown}
      role={onClose ? 'dialog' : 'group'}
      aria-label={dialog(state.site?.name ?? fallbackSite)}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || isComposing(event) || !onClose) return;
        event.stopPropagation();
        // Otherwise the page's own dialog around the widget would close, too.
        event.preventDefault();
        onClose();
      }}
    >
      <Header state={state} onClose={onClose}>
        <Menu>
          {state.responder.responder === 'assistant' && (
            <MenuItem icon="person" label={talkToAgent} act={() => void requestAgent()} />
          )}
          {state.messages.length > 0 && <MenuItem icon="save" label={saveTranscript} act={() => void save()} />}
          <MenuItem icon="sound" label={soundLabel} checked={sound.value} act={() => onSound(!sound.value)} />
          {state.messages.length > 0 && !state.ended && <MenuItem icon="end" label={endChat} act={end} />}
        </Menu>
      </Header>
      <Conversation chat={chat} sourceBase={sourceBase} draft={draft} sends={sends} onAsk={ask} />
      {(announcement === agentRequestFailed || announcement === actionFailed) && (
        <p class="banner" key={announcement}>
          {announcement}
          <button
            type="button"
            class="link"
            onClick={() => void (announcement === actionFailed ? save() : requestAgent())}
          >
            {texts.value.retry}
          </button>
        </p>
      )}
      {notice && (
        <p class="banner" key={notice.text}>
          {notice.text}
          {notice.retry && (
            <button type="button" class="link" onClick={() => chat.reconnect()}>
              {reconnect}
            </button>
          )}
        </p>
      )}
      {state.ended ? (
        <Ended chat={chat} onContinue={continueChat} />
      ) : parts && asks ? (
        <parts.PreChat chat={chat} focus={onClose !== undefined} onDone={continueChat} />
      ) : (
        <Composer chat={chat} draft={draft} onSend={() => setSends((count) => count + 1)}>
          {parts && acceptsFiles && <parts.Attach chat={chat} />}
        </Composer>
      )}
      <LiveRegion chat={chat} notice={notice?.text ?? announcement} />
    </div>
  );
}
