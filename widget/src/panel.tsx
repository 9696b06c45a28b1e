/** The panel's entry: connects the conversation, the view and the loader. */
import { cutText } from '@firstword/shared/cut-text';
import type { ThemeView } from '@firstword/shared/wire';
import { computed, effect, signal } from '@preact/signals';
import { render } from 'preact';
import { createBrowserStore } from './chat/browser-store.ts';
import { unreadCount } from './chat/chat-state.ts';
import { createChat } from './chat/create-chat.ts';
import { watchPage } from './chat/page-lifecycle.ts';
import { direction, type PageView, type Panel, type PanelHost } from './contract.ts';
import { detach } from './natives.ts';
import { loadTexts, texts } from './texts.ts';
import answerCss from './ui/answer.css?inline';
import panelCss from './ui/panel.css?inline';
import { PanelView } from './ui/panel-view.tsx';
import { createTitleMark } from './ui/title-mark.ts';
import { extras, loadExtras } from './ui/use-extras.ts';

/** Without the query, which may carry secrets of the page. */
function currentPage(): PageView {
  return { url: location.origin + location.pathname, title: cutText(document.title, 300) };
}

/** Sound is fetched on demand: nothing is loaded before the visitor switches it on. */
function chime() {
  void loadExtras().then((loaded) => loaded?.playTone());
}

export function createPanel(host: PanelHost): Panel {
  const { options } = host;
  const store = createBrowserStore(options.site);
  const locale = signal(options.locale ?? navigator.language);
  const open = signal(false);
  const visible = signal(document.visibilityState === 'visible');
  const sound = signal(store.sound());
  const isWatching = () => open.value && visible.value;
  const chat = createChat(
    {
      server: options.server,
      site: options.site,
      locale: locale.value,
      page: options.page ?? currentPage(),
      ...(options.userToken && { identity: options.userToken }),
    },
    store,
    (...report) => {
      const [event, payload] = report;
      if (event === 'message' && payload.from !== 'visitor' && sound.value && !isWatching()) chime();
      host.emit(event, payload);
    },
  );
  const titleMark = createTitleMark(document);
  const updateVisible = () => {
    visible.value = document.visibilityState === 'visible';
  };
  document.addEventListener('visibilitychange', updateVisible);
  const endWatch = watchPage(chat, store);
  host.adopt(panelCss);
  host.adopt(answerCss);
  let unread = 0;
  let removeTheme: (() => void) | undefined;
  const theme = computed(() => chat.outline.value.site?.theme);
  const stops = [
    effect(() => {
      const { locale: language, region, open: label, close } = texts.value;
      host.setLanguage({ locale: language, direction: direction(locale.value), open: label, close, region });
    }),
    effect(() => void loadTexts(locale.value)),
    effect(() => {
      const accent = chat.outline.value.site?.theme.accent;
      if (accent) host.setAccent(accent);
    }),
    effect(() => {
      const { value } = theme;
      // Few sites set more than an accent, so the rest is fetched on demand.
      if (value && Object.keys(value).length > 1) void applySiteTheme(value);
    }),
    effect(() => {
      if (extras.value) host.adopt(extras.value.css);
    }),
    effect(() => {
      void extras.value?.loadExtraTexts(texts.value.locale);
    }),
    effect(() => {
      const count = isWatching() ? 0 : unreadCount(chat.outline.value);
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
  render(
    <PanelView
      chat={chat}
      open={open}
      visible={visible}
      sound={sound}
      sourceBase={options.server}
      onSound={setSound}
      onClose={host.close}
    />,
    container,
  );

  async function applySiteTheme(theme: ThemeView) {
    const loaded = await loadExtras();
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
    chat.close();
  }

  return {
    connect: chat.connect,
    open() {
      chat.connect();
      // Force a layout of the closed state, or the opening transition has no start.
      container.getBoundingClientRect();
      open.value = true;
    },
    close() {
      open.value = false;
    },
    send: chat.send,
    identify(token) {
      chat.setIdentity(token);
      chat.reconnect();
    },
    setLocale(next) {
      locale.value = next;
      chat.setLocale(next);
    },
    setPage: chat.setPage,
    leave,
    shutdown() {
      leave();
      store.clear();
    },
  };
}
