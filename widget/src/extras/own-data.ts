/** Asks the server for everything that it stores of this visitor, or to delete it or one conversation. */
import type { Chat } from '../chat/create-chat.ts';
import { saveBlob } from './transcript.ts';

/** False: it failed, and may be tried again. */
async function request(
  chat: Chat,
  what: 'export' | 'erase',
  use: (response: Response) => Promise<void>,
  query: Record<string, string> = {},
): Promise<boolean> {
  const { server, site, session } = chat.fileAccess();
  try {
    const response = await fetch(`${server}/visitor-data/${what}?${new URLSearchParams({ site, ...query })}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${session}` },
      credentials: 'omit',
    });
    if (response.ok) await use(response);
    return response.ok;
  } catch {
    return false;
  }
}

export const downloadData = (chat: Chat): Promise<boolean> =>
  request(chat, 'export', async (response) => {
    saveBlob(`${chat.outline.value.site?.name ?? 'data'}.html`, await response.blob());
  });

/** Nothing of the conversation stays on the page either. */
export const deleteData = (chat: Chat): Promise<boolean> => request(chat, 'erase', async () => chat.forget());

/** Deletes one of the visitor's conversations, also the one that is shown. */
export const deleteConversation = (chat: Chat, conversation: string): Promise<boolean> =>
  request(
    chat,
    'erase',
    async () => {
      if (conversation === chat.outline.value.conversationId) chat.switchTo();
    },
    { conversation },
  );
