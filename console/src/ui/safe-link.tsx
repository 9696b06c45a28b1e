/** A link to a page outside the console, in a tab of its own; an address that is no page leaves the words alone. */
import type { ComponentChildren } from 'preact';
import { safeUrl } from './safe-url.ts';

export interface SafeLinkProps {
  readonly url: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

export function SafeLink({ url, children, class: name = '' }: SafeLinkProps) {
  const href = safeUrl(url);
  if (href === undefined) return <span class={name}>{children}</span>;
  return (
    <a class={name} href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}
