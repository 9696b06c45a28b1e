/** What the keyboard in front of the agent looks like. */
export const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);
