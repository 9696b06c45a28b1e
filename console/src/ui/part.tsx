/** A titled section of an analysis. Not rendered if it has no content. */
import type { ComponentChildren } from 'preact';

export function Part({ title, hidden, children }: { title: string; hidden: boolean; children: ComponentChildren }) {
  if (hidden) return null;
  return (
    <section class="part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}
