/** Downloads a table as a CSV file. */
import { toCsv } from '@firstword/shared/csv';
import { downloadText } from '../download.ts';
import { reportTexts } from '../texts/report-texts.ts';

export interface CsvButtonProps {
  /** Names the file. */
  readonly caption: string;
  readonly rows: () => readonly (readonly string[])[];
}

export function CsvButton({ caption, rows }: CsvButtonProps) {
  function download() {
    const name = `${caption.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.csv`;
    // Spreadsheets take a file without this mark for one of an older encoding.
    downloadText(name, 'text/csv', `\ufeff${toCsv(rows())}`);
  }
  return (
    <button
      type="button"
      class="button button--quiet figures__csv"
      aria-label={`${reportTexts.csv}, ${caption}`}
      onClick={download}
    >
      {reportTexts.csv}
    </button>
  );
}
