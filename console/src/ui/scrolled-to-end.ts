/** Whether a list of messages is scrolled to its end, so that it follows what is added. */

/** Within this distance, it counts as scrolled to the end. */
const AT_END_PX = 40;

export function isAtEnd({ scrollTop, scrollHeight, clientHeight }: Element): boolean {
  return scrollHeight - scrollTop - clientHeight < AT_END_PX;
}
