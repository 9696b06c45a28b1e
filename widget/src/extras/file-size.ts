/** Bytes as people read them, in their language. Pure. */
const KB = 1024;

export function fileSize(bytes: number, locale: string): string {
  const large = bytes >= KB * KB;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: large ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: large ? 1 : 0,
  }).format(large ? bytes / KB / KB : Math.max(1, bytes / KB));
}
