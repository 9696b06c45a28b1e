/** What covers the conversation. */
export type View =
  | { readonly page: 'home'; readonly query: string }
  /** `back`: where the visitor came from; undefined for the conversation. */
  | { readonly page: 'article'; readonly id: string; readonly back: View | undefined };
