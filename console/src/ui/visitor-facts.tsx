/** Language and region of a visitor, and a link to all their conversations: list items. */
import { filterQuery } from '../conversation-filter.ts';
import { languageName } from '../language-name.ts';
import { conversationTexts } from '../texts/conversation-texts.ts';
import { identityTexts } from '../texts/identity-texts.ts';
import type { Workspace } from '../workspace.ts';

export interface VisitorFactsProps {
  readonly workspace: Workspace;
  readonly id?: string | undefined;
  readonly locale?: string | undefined;
  readonly region?: string | undefined;
}

export function VisitorFacts({ workspace: { router }, id, locale, region }: VisitorFactsProps) {
  return (
    <>
      {locale !== undefined && <li>{languageName(locale)}</li>}
      {region !== undefined && <li>{conversationTexts.region(region)}</li>}
      {id !== undefined && (
        <li title={conversationTexts.visitorIdHint(id)}>
          <button
            type="button"
            class="link"
            onClick={() => {
              router.filterConversations(filterQuery({ q: id }), 'push');
              router.show('conversations');
            }}
          >
            {identityTexts.all}
          </button>
        </li>
      )}
    </>
  );
}
