/** What covers the conversation. */
export type View = 'home';
