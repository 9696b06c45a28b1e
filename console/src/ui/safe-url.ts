/** A link that only ever leads to a page: anything but http and https (`javascript:` above all) leads nowhere. */
export function safeUrl(url: string, base: string = location.href): string | undefined {
  if (url === '') return undefined;
  try {
    const { protocol, href } = new URL(url, base);
    return protocol === 'https:' || protocol === 'http:' ? href : undefined;
  } catch {
    return undefined;
  }
}
