/** The panel's entry: joins the conversation, the drawing and what the loader asks for. */
import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { createBrowserStore } from './chat/browser-store.ts';
import { unreadCount } from './chat/chat-state.ts';
import { createChat } from './chat/create-chat.ts';
import type { PageView, Panel, PanelHost } from './contract.ts';
import { direction } from './direction.ts';
import { loadTexts, texts } from './texts.ts';
import answerCss from './ui/answer.css?inline';
import panelCss from './ui/panel.css?inline';
import { PanelView } from './ui/panel-view.tsx';
import { extras } from './ui/use-extras.ts';

/** Queries may carry secrets of the page, so they stay here. */
function currentPage(): PageView {
  return { url: location.origin + location.pathname, title: document.title.slice(0, 300) };
}

export function createPanel(host: PanelHost): Panel {
  const { options } = host;
  const store = createBrowserStore(options.site);
  const locale = signal(options.locale ?? navigator.language);
  const open = signal(false);
  const chat = createChat(
    {
      server: options.server,
      site: options.site,
      locale: locale.value,
      page: options.page ?? currentPage(),
      ...(options.userToken && { identity: options.userToken }),
    },
    store,
    host.emit,
  );
  host.adopt(panelCss);
  host.adopt(answerCss);
  let unread = 0;
  const stops = [
    effect(() => {
      const { locale: spoken, region, open: label, close } = texts.value;
      host.setLanguage({ locale: spoken, direction: direction(locale.value), open: label, close, region });
    }),
    effect(() => void loadTexts(locale.value)),
    effect(() => {
      const accent = chat.state.value.site?.theme.accent;
      if (accent) host.setAccent(accent);
    }),
    effect(() => {
      if (extras.value) host.adopt(extras.value.css);
    }),
    effect(() => {
      const count = open.value ? 0 : unreadCount(chat.state.value);
      if (count === unread) return;
      unread = count;
      host.setUnread(count);
      host.emit('unread', count);
    }),
  ];
  const place = document.createElement('div');
  host.root.querySelector('section')?.prepend(place);
  render(<PanelView chat={chat} open={open} sourceBase={options.server} onClose={host.close} />, place);

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
    shutdown() {
      for (const stop of stops) stop();
      render(null, place);
      place.remove();
      chat.close();
      store.clear();
    },
  };
}
