/** Makes an article's id of its title: `Shipping to Norway` → `shipping-to-norway`. Pure. */
export function articleIdOf(title: string): string {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join('-').slice(0, 80) || 'article';
}
