/** The question before something is deleted for good. */
import type { Responder } from '@firstword/shared/wire';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Chat } from '../chat/create-chat.ts';
import { useExtraTexts } from './extra-texts.ts';
import { deleteConversation, deleteData } from './own-data.ts';

interface QuestionProps {
  title: string;
  children: string;
  /** False: it failed. */
  request: () => Promise<boolean>;
  done: (deleted: boolean) => void;
}

function Question({ title, children, request, done }: QuestionProps) {
  const { dataDeleteConfirm, cancel, dataFailed } = useExtraTexts();
  const [state, setState] = useState<'asked' | 'deleting' | 'failed'>('asked');
  const first = useRef<HTMLButtonElement>(null);
  // Before paint: a key pressed in between would reach the panel.
  useLayoutEffect(() => first.current?.focus(), []);
  return (
    <div class="menu__ask" role="alertdialog" aria-label={title}>
      <p>{children}</p>
      {state === 'failed' && (
        <p class="note note--bad" role="alert">
          {dataFailed}
        </p>
      )}
      <div class="menu__answers">
        <button ref={first} type="button" class="link menu__item menu__cancel" onClick={() => done(false)}>
          {cancel}
        </button>
        <button
          type="button"
          class="line__button"
          disabled={state === 'deleting'}
          onClick={async () => {
            setState('deleting');
            if (await request()) done(true);
            else setState('failed');
          }}
        >
          {dataDeleteConfirm}
        </button>
      </div>
    </div>
  );
}

export function DeleteDataQuestion({ chat, done }: { chat: Chat; done: () => void }) {
  const { dataDelete, dataDeleteAsk } = useExtraTexts();
  return (
    <Question title={dataDelete} request={() => deleteData(chat)} done={done}>
      {dataDeleteAsk}
    </Question>
  );
}

export function DeleteChatQuestion(props: {
  chat: Chat;
  conversation: { conversationId: string; responder: Responder };
  done: (deleted: boolean) => void;
}) {
  const { chat, conversation, done } = props;
  const { conversationId, responder } = conversation;
  const { chatDelete, chatDeleteAsk, chatDeleteOpen } = useExtraTexts();
  const isWithTeam = responder === 'waiting-agent' || responder === 'agent';
  return (
    <Question title={chatDelete} request={() => deleteConversation(chat, conversationId)} done={done}>
      {isWithTeam ? `${chatDeleteAsk} ${chatDeleteOpen}` : chatDeleteAsk}
    </Question>
  );
}
