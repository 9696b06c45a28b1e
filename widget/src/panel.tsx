/** The panel's entry: connects the conversation, the view and the loader. */
import type { ThemeView } from '@firstword/shared/site-view';
import type { Message } from '@firstword/shared/wire';
import { computed, effect, signal } from '@preact/signals';
import { render } from 'preact';
import { createBrowserStore } from './chat/browser-store.ts';
import { unreadCount } from './chat/chat-state.ts';
import { type Chat, createChat } from './chat/create-chat.ts';
import { createKeptArea } from './chat/kept-area.ts';
import { watchPage } from './chat/page-lifecycle.ts';
import { isOthers, subjectOf } from './chat/subject.ts';
import { direction, type PageView, type Panel, type PanelHost } from './contract.ts';
import { cut } from './cut.ts';
import { detach } from './natives.ts';
import { createTexts, TextsContext } from './texts.ts';
import answerCss from './ui/answer-text.css?inline';
import panelCss from './ui/panel.css?inline';
import { PanelView } from './ui/panel-view.tsx';
import { createTitleMark } from './ui/title-mark.ts';
import { createExtrasLoader, ExtrasContext } from './ui/use-extras.ts';

/** Without the query, which may carry secrets of the page. */
function currentPage(): PageView {
  return { url: location.origin + location.pathname, title: cut(document.title, 300) };
}

export function createPanel(host: PanelHost): Panel {
  const { options } = host;
  const { server, site } = options;
  const language = createTexts((loaded) => host.setLanguage({ ...loaded, direction: direction(locale.value) }));
  const parts = createExtrasLoader(language);
  const { userToken } = options;
  const store = createBrowserStore(
    site,
    host.place,
    createKeptArea(() => localStorage),
    createKeptArea(() => sessionStorage),
    userToken && subjectOf(userToken),
  );
  /** Another visitor uses this browser from now on. */
  function startOver(token?: string) {
    host.endSession(store.session());
    store.startOver(token && subjectOf(token));
  }
  if (userToken !== undefined && isOthers(userToken, store.visitor().subject)) {
    startOver(userToken);
    store.saveTab({ open: false });
  }
  const locale = signal(options.locale);
  const open = signal(false);
  const visible = signal(document.visibilityState === 'visible');
  const sound = signal(store.sound());
  const isWatching = () => open.value && visible.value;
  /** Set by the page; otherwise the page's own address. */
  let page = options.page;
  /** Sound is fetched on demand: nothing is loaded before the visitor switches it on. */
  const chime = () => void parts.load().then((loaded) => loaded?.playTone());
  function showPreview(message: Message) {
    parts.preview.value = message;
    void parts.load();
  }
  const newChat = (identity: string | undefined) =>
    createChat(
      {
        server,
        site,
        locale: locale.value,
        page: page ?? currentPage(),
        ...(identity && { identity }),
      },
      store,
      (...report) => {
        const [event, payload] = report;
        if (event === 'message' && payload.from !== 'visitor' && sound.value && !isWatching()) chime();
        if (event === 'message' && payload.from === 'agent' && !open.value) showPreview(payload);
        host.emit(event, payload);
      },
      host.root,
    );
  /** Each visitor gets their own chat, so that no data of one is left for the next. */
  const chat = signal<Chat>(newChat(userToken));
  const titleMark = createTitleMark(document);
  const updateVisible = () => {
    visible.value = document.visibilityState === 'visible';
  };
  document.addEventListener('visibilitychange', updateVisible);
  const endWatch = watchPage(() => chat.value, followOtherTabs);
  host.adopt(panelCss);
  host.adopt(answerCss);
  let unread = 0;
  let removeTheme: (() => void) | undefined;
  const theme = computed(() => chat.value.outline.value.site?.theme);
  const stops = [
    effect(() => void language.load(locale.value).then((loaded) => void (loaded || parts.want()))),
    effect(() => {
      const accent = chat.value.outline.value.site?.theme.accent;
      if (accent) host.setAccent(accent);
    }),
    effect(() => {
      const { value } = theme;
      // Few sites set more than an accent, so the rest is fetched on demand.
      if (value && Object.keys(value).length > 1) void applySiteTheme(value);
    }),
    effect(() => {
      const loaded = parts.extras.value;
      if (loaded) host.adopt(loaded.css);
    }),
    effect(() => {
      void parts.loadTexts();
    }),
    effect(() => {
      const count = isWatching() ? 0 : unreadCount(chat.value.outline.value);
      if (count === unread) return;
      unread = count;
      host.setUnread(count);
      titleMark.show(count);
      host.emit('unread', count);
    }),
  ];
  const container = document.createElement('div');
  const section = host.root.querySelector('section');
  section?.insertBefore(container, section.firstChild);
  /** Opened by the page load, because the visitor had left it open. */
  let restored = false;
  let drawn = 0;
  /** Until this tab is connected again, after another tab has replaced the visitor. */
  let wasConnected = false;
  /** A chat mounted into the page does not take the focus by itself. */
  let takesFocus = host.close !== undefined;
  function draw() {
    drawn += 1;
    render(
      <TextsContext.Provider value={language}>
        <ExtrasContext.Provider value={parts}>
          <PanelView
            key={drawn}
            chat={chat.value}
            open={open}
            visible={visible}
            sound={sound}
            sourceBase={server}
            onSound={setSound}
            onOpen={() => host.open?.(false)}
            onClose={host.close}
            takesFocus={() => takesFocus}
          />
        </ExtrasContext.Provider>
      </TextsContext.Provider>,
      container,
    );
  }
  draw();
  if (store.tab().open) host.open?.(true);

  /** Another visitor uses this browser. `store` has dropped the previous one. */
  function replaceChat(identity: string | undefined) {
    const hadFocus = host.root.activeElement !== null;
    chat.value.close();
    chat.value = newChat(identity);
    parts.view.value = undefined;
    parts.preview.value = undefined;
    takesFocus = hadFocus && host.close !== undefined;
    draw();
    // The one before had left it open.
    if (restored) host.close?.();
  }

  function identify(token: string | undefined) {
    if (token !== undefined && !isOthers(token, chat.value.subject())) return chat.value.identify(token);
    startOver(token);
    replaceChat(token);
    chat.value.connect();
  }

  function followOtherTabs(key: string | null) {
    const change = store.readOtherTabs(key);
    if (change === undefined) return;
    if (change !== 'session') {
      wasConnected ||= chat.value.state.value.connection.kind !== 'idle';
      replaceChat(undefined);
    }
    // After `replaced`, the other tab opens the next session, and this one joins it.
    if (!wasConnected || (change !== 'signed-out' && !store.session())) return chat.value.syncTabs();
    wasConnected = false;
    chat.value.connect();
  }

  async function applySiteTheme(theme: ThemeView) {
    const loaded = await parts.load();
    const frame = host.root.querySelector('section');
    removeTheme?.();
    if (frame) removeTheme = loaded?.applyTheme(frame, theme);
  }

  function setSound(on: boolean) {
    sound.value = on;
    store.saveSound(on);
    // Play it once as a sample. A browser also allows sound only after such a click.
    if (on) chime();
  }

  function leave() {
    for (const stop of stops) stop();
    document.removeEventListener('visibilitychange', updateVisible);
    endWatch();
    removeTheme?.();
    titleMark.show(0);
    render(null, container);
    detach(container);
    chat.value.close();
  }

  return {
    connect: () => chat.value.connect(),
    open(isRestored = false) {
      restored = isRestored;
      takesFocus = !restored && host.close !== undefined;
      chat.value.connect();
      // Force a layout of the closed state, or the opening transition has no start.
      container.getBoundingClientRect();
      open.value = true;
      parts.preview.value = undefined;
      store.saveTab({ open: true });
    },
    close() {
      restored = false;
      open.value = false;
      store.saveTab({ open: false });
    },
    send(text) {
      parts.view.value = undefined;
      chat.value.send(text);
    },
    identify,
    setLocale(next) {
      locale.value = next;
      chat.value.setLocale(next);
    },
    setPage(next) {
      page = next;
      chat.value.setPage(next);
    },
    greet: (opening) => chat.value.change((held) => ({ ...held, opening })),
    leave,
    shutdown() {
      leave();
      host.endSession(store.session());
    },
  };
}
