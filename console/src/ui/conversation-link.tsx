/** A link to a conversation, which opens in place unless the agent asks for another tab. */
import type { ComponentChildren } from 'preact';
import type { Router } from '../router.ts';

export function ConversationLink({
  router,
  id,
  children,
}: {
  router: Router;
  id: string;
  children: ComponentChildren;
}) {
  return (
    <a
      href={router.conversationHref(id)}
      onClick={(click) => {
        if (click.metaKey || click.ctrlKey || click.shiftKey) return;
        click.preventDefault();
        router.goToConversation(id);
      }}
    >
      {children}
    </a>
  );
}
