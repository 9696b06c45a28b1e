/** A link that opens in a new tab. If the URL isn't safe, only the text is shown. */
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
