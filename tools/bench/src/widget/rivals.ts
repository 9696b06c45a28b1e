/** The measured widgets: the product, and two others if they are installed. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installRivals } from '../install-rivals.ts';

/** Selectors through shadow roots to an element; the last applies inside the innermost root. */
export type Path = readonly string[];

export interface Rival {
  readonly name: string;
  /** HTML of the page's body. The page has the server's origin. */
  readonly body: string;
  /** Selector of the launcher; undefined if the chat is part of the page. */
  readonly launcher: Path | undefined;
  readonly input: Path;
  /** Where answers appear. */
  readonly answers: Path;
  /** Served folders by the first path segment; `/` for all other paths. */
  readonly folders: Readonly<Record<string, string>>;
}

export const PRODUCT: Rival = {
  name: 'firstword',
  body: '<script async src="/widget.js" data-site="bench"></script>',
  launcher: ['[data-firstword]', '.launcher'],
  input: ['[data-firstword]', 'textarea'],
  answers: ['[data-firstword]', '.list'],
  folders: { '/': fileURLToPath(new URL('../../../../widget/dist', import.meta.url)) },
};

/** The cost of the page without any chat. */
export const NO_CHAT: Rival = {
  name: 'no-chat',
  body: '<textarea></textarea>',
  launcher: undefined,
  input: ['textarea'],
  answers: ['body'],
  folders: {},
};

/** The browser's own cost: the same text, added frame by frame to a scrolling box. */
export const BARE_TEXT: Rival = {
  name: 'bare-text',
  body: `<textarea></textarea><div id="answers" style="width:384px;height:500px;overflow:auto"></div><script>
    document.querySelector('textarea').addEventListener('keydown', () => {
      const box = document.querySelector('#answers');
      const begin = () => box.appendChild(document.createElement('p')).appendChild(new Text());
      let words = begin();
      let held = '';
      const draw = () => {
        for (const [at, part] of held.split('\\n\\n').entries()) (at > 0 ? (words = begin()) : words).appendData(part);
        held = '';
        box.scrollTop = box.scrollHeight;
      };
      const source = new EventSource('/answer/deep-chat');
      source.onerror = () => source.close();
      source.onmessage = ({ data }) => {
        if (held === '') requestAnimationFrame(draw);
        held += JSON.parse(data).text;
      };
    });
  </script>`,
  launcher: undefined,
  input: ['textarea'],
  answers: ['#answers'],
  folders: {},
};

const PACKAGES = ['deep-chat@2.4.2', 'flowise-embed@3.1.6'];

function rivals(folder: string): Rival[] {
  const folders = { rivals: join(folder, 'node_modules') };
  return [
    {
      name: 'deep-chat',
      body: `<script type="module" src="/rivals/deep-chat/dist/deepChat.bundle.js"></script>
        <deep-chat connect='{"url":"/answer/deep-chat","stream":true}' style="width:384px;height:640px"></deep-chat>`,
      launcher: undefined,
      input: ['deep-chat', '#text-input'],
      answers: ['deep-chat', '#messages'],
      folders,
    },
    {
      name: 'flowise-embed',
      body: `<script type="module">import Chatbot from '/rivals/flowise-embed/dist/web.js';
        Chatbot.init({ chatflowid: 'bench', apiHost: location.origin });</script>`,
      launcher: ['flowise-chatbot', 'button[part="button"]'],
      input: ['flowise-chatbot', 'textarea'],
      answers: ['flowise-chatbot', '[part="bot"]'],
      folders,
    },
  ];
}

/** @throws Error when npm cannot install them */
export async function installWidgets(): Promise<{ rivals: Rival[]; remove(): Promise<void> }> {
  const { folder, remove } = await installRivals(PACKAGES);
  return { rivals: rivals(folder), remove };
}
