/** Counts in German: of these catalogs only, because they import nothing from the console. */

const format = new Intl.NumberFormat('de');
export const countOf = (count: number, one: string, many: string) =>
  `${format.format(count)} ${count === 1 ? one : many}`;
