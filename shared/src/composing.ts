/** Recognises the key presses of an input method, by which people write Chinese, Japanese and Korean. */

/** True while a word is composed. Safari ends the composition before the Enter that confirms it, but marks it with 229. */
export function isComposing(event: { readonly isComposing: boolean; readonly keyCode: number }): boolean {
  return event.isComposing || event.keyCode === 229;
}
