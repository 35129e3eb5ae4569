/** Gives a text made in the page to the operator as a file. */

/** Spreadsheets take a file for UTF-8 only when it says so. */
const byteOrderMark = '\ufeff';

/** @param type a media type such as `text/csv` */
export function saveText(fileName: string, type: string, text: string): void {
  const url = URL.createObjectURL(
    new Blob([byteOrderMark, text], { type: `${type};charset=utf-8` }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The download has its own hold on the bytes once it began.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
