/** Names of everything in the query cache. */
export const keys = {
  me: ["me"] as const,
  audit: (storeId: string, associate: string, act: string) => ["audit", storeId, associate, act] as const,
  absence: ["absence"] as const,
  unread: ["unread"] as const,
  allConversations: ["conversations"] as const,
  conversations: (storeId: string) => ["conversations", storeId] as const,
  conversationList: (storeId: string, state: "open" | "closed", q: string, mine: boolean) =>
    ["conversations", storeId, state, q, mine] as const,
  allColleagues: ["colleagues"] as const,
  colleagues: (storeId: string) => ["colleagues", storeId] as const,
  allThreads: ["thread"] as const,
  thread: (id: string) => ["thread", id] as const,
  media: (conversationId: string, messageId: string, mediaId: string) =>
    ["media", conversationId, messageId, mediaId] as const,
  allCustomers: ["customer"] as const,
  customer: (conversationId: string) => ["customer", conversationId] as const,
  templates: (conversationId: string) => ["templates", conversationId] as const,
  allOrders: ["orders"] as const,
  orders: (storeId: string) => ["orders", storeId] as const,
  orderList: (storeId: string, startable: boolean, q: string) => ["orders", storeId, startable, q] as const,
  allOrderPages: ["order"] as const,
  quietHours: (storeId: string) => ["quiet-hours", storeId] as const,
  transfers: (storeId: string) => ["transfers", storeId] as const,
  proxies: (storeId: string) => ["proxies", storeId] as const,
  order: (id: string) => ["order", id] as const,
};
