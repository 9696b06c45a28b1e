/** The panel's entry: joins the conversation, the drawing and what the loader asks for. */
import type { ThemeView } from '@firstword/shared/wire';
import { computed, effect, signal } from '@preact/signals';
import { render } from 'preact';
import { createBrowserStore } from './chat/browser-store.ts';
import { unreadCount } from './chat/chat-state.ts';
import { createChat } from './chat/create-chat.ts';
import { watchPage } from './chat/page-lifecycle.ts';
import { direction, type PageView, type Panel, type PanelHost } from './contract.ts';
import { loadTexts, texts } from './texts.ts';
import answerCss from './ui/answer.css?inline';
import panelCss from './ui/panel.css?inline';
import { PanelView } from './ui/panel-view.tsx';
import { createTitleMark } from './ui/title-mark.ts';
import { extras, loadExtras } from './ui/use-extras.ts';

/** Queries may carry secrets of the page, so they stay here. */
function currentPage(): PageView {
  return { url: location.origin + location.pathname, title: document.title.slice(0, 300) };
}

/** Sound is an extra: nothing of it is fetched before somebody has switched it on. */
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
  const looksOn = () => open.value && visible.value;
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
      if (event === 'message' && payload.from !== 'visitor' && sound.value && !looksOn()) chime();
      host.emit(event, payload);
    },
  );
  const titleMark = createTitleMark(document);
  const look = () => {
    visible.value = document.visibilityState === 'visible';
  };
  document.addEventListener('visibilitychange', look);
  const endWatch = watchPage(chat, store);
  host.adopt(panelCss);
  host.adopt(answerCss);
  let unread = 0;
  let undress: (() => void) | undefined;
  const theme = computed(() => chat.outline.value.site?.theme);
  const stops = [
    effect(() => {
      const { locale: spoken, region, open: label, close } = texts.value;
      host.setLanguage({ locale: spoken, direction: direction(locale.value), open: label, close, region });
    }),
    effect(() => void loadTexts(locale.value)),
    effect(() => {
      const accent = chat.outline.value.site?.theme.accent;
      if (accent) host.setAccent(accent);
    }),
    effect(() => {
      const { value } = theme;
      // Beyond its accent few sites have colours of their own.
      if (value && Object.keys(value).length > 1) void wear(value);
    }),
    effect(() => {
      if (extras.value) host.adopt(extras.value.css);
    }),
    effect(() => {
      void extras.value?.loadExtraTexts(texts.value.locale);
    }),
    effect(() => {
      const count = looksOn() ? 0 : unreadCount(chat.outline.value);
      if (count === unread) return;
      unread = count;
      host.setUnread(count);
      titleMark.show(count);
      host.emit('unread', count);
    }),
  ];
  const place = document.createElement('div');
  host.root.querySelector('section')?.prepend(place);
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
    place,
  );

  async function wear(looks: ThemeView) {
    const loaded = await loadExtras();
    const frame = host.root.querySelector('section');
    undress?.();
    if (frame) undress = loaded?.applyTheme(frame, looks);
  }

  function setSound(on: boolean) {
    sound.value = on;
    store.saveSound(on);
    // Heard once, it says what it is; and a browser allows sound only after such a click.
    if (on) chime();
  }

  function leave() {
    for (const stop of stops) stop();
    document.removeEventListener('visibilitychange', look);
    endWatch();
    undress?.();
    titleMark.show(0);
    render(null, place);
    place.remove();
    chat.close();
  }

  return {
    connect: chat.connect,
    open() {
      chat.connect();
      // The closed look must have been drawn once, or there is nothing to grow from.
      place.getBoundingClientRect();
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
