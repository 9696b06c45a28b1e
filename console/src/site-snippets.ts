/** The code that adds a site's widget to pages, for each way of building them. Pure. */
import type { SiteOverview } from '@firstword/shared/site-settings';
import { snippetTexts as texts } from './texts/snippet-texts.ts';

export interface Snippet {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly code: string;
}

export interface SnippetParts extends Pick<SiteOverview, 'integrity'> {
  readonly siteId: string;
  /** Where the widget is loaded from. */
  readonly address: string;
  readonly accent: string | undefined;
}

export function siteSnippets({ siteId, address, accent, integrity }: SnippetParts): Snippet[] {
  const own = `data-site="${siteId}"${accent === undefined ? '' : ` data-accent="${accent}"`}`;
  const tag = `<script async src="${address}/widget.js" ${own}></script>`;
  return [
    { id: 'script', title: texts.script, hint: texts.scriptHint, code: tag },
    ...(integrity === undefined
      ? []
      : [
          {
            id: 'integrity',
            title: texts.integrity,
            hint: texts.integrityHint,
            code: `<script async src="${address}${integrity.path}" integrity="${integrity.integrity}" crossorigin="anonymous" ${own}></script>`,
          },
        ]),
    { id: 'react', title: 'React', hint: texts.reactHint, code: reactCode(siteId, address) },
    { id: 'wordpress', title: 'WordPress', hint: texts.wordpressHint, code: phpCode(tag) },
  ];
}

const reactCode = (siteId: string, address: string) => `useEffect(() => {
  const script = document.createElement('script');
  script.src = '${address}/widget.js';
  script.async = true;
  script.dataset.site = '${siteId}';
  document.body.append(script);
  return () => {
    window.firstword?.('shutdown');
    script.remove();
  };
}, []);`;

const phpCode = (tag: string) => `add_action('wp_footer', function () { ?>
${tag}
<?php });`;
