/** What the app says beside a customer: a part of `strings`. */
export const customerWords = {
  pane: "Customer",
  loading: "Loading customer",
  kinds: { visitor: "Visitor", member: "Member" },
  unmask: "Show the real addresses",
  hide: "Hide the real addresses",
  recorded: "That you looked is written down.",
  conversationAddress: "Writes from",
  phone: "Phone",
  email: "E-mail",
  none: "–",
  consent: "Texts",
  consents: {
    none: "Has not opted out",
    requested: "Asked, no yes yet",
    opted_in: "Opted in",
    opted_out: "Opted out",
  },
  since: (date: string) => `since ${date}`,
  orders: "Orders",
  noOrders: "No orders in this store",
};
