/** A link to a page of the console, which opens in place unless the agent asks for another tab. */
import type { ComponentChildren } from 'preact';
import type { Router } from '../router.ts';

export interface PageLinkProps {
  readonly router: Router;
  readonly page: Parameters<Router['show']>[0];
  readonly class: string;
  readonly current: boolean;
  /** Where the link has no text. */
  readonly label?: string;
  readonly tip?: string;
  readonly children: ComponentChildren;
}

export function PageLink({ router, page, class: name, current, label, tip, children }: PageLinkProps) {
  return (
    <a
      class={name}
      href={router.pageHref(page)}
      aria-current={current ? 'page' : undefined}
      aria-label={label}
      data-tip={tip}
      onClick={(click) => {
        if (click.metaKey || click.ctrlKey || click.shiftKey) return;
        click.preventDefault();
        router.show(page);
      }}
    >
      {children}
    </a>
  );
}
