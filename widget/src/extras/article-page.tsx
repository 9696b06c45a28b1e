/** An article of the site, read within the panel. */
import type { ArticleView } from '@firstword/shared/wire';
import { useEffect, useState } from 'preact/hooks';
import type { Chat } from '../chat/create-chat.ts';
import { safeLink } from '../markdown/safe-link.ts';
import { RichText } from '../ui/rich-text.tsx';
import { Cover } from './cover.tsx';
import { useExtraTexts } from './extra-texts.ts';
import { LoadFailed } from './load-failed.tsx';

export function ArticlePage(props: {
  chat: Chat;
  id: string;
  sourceBase: string;
  onBack: () => void;
  onClose: (() => void) | undefined;
}) {
  const { chat, id, sourceBase, onBack, onClose } = props;
  const { article: label, openPage } = useExtraTexts();
  const [article, setArticle] = useState<ArticleView | 'failed'>();

  async function load() {
    setArticle(undefined);
    const answer = await chat.ask('article-read', { id });
    setArticle(answer?.ok ? answer.article : 'failed');
  }
  useEffect(() => void load(), []);

  const shown = article === 'failed' ? undefined : article;
  const link = shown && safeLink(shown.url, sourceBase);
  return (
    <Cover label={label} title={shown?.title ?? label} onBack={onBack} onClose={onClose}>
      <div aria-busy={article === undefined}>
        {shown && <RichText text={shown.text} sourceBase={sourceBase} />}
        {article === 'failed' && <LoadFailed onRetry={() => void load()} />}
      </div>
      {link && (
        <a class="cover__link" href={link.href} title={link.target} target="_blank" rel="noopener noreferrer nofollow">
          {openPage}
        </a>
      )}
    </Cover>
  );
}
