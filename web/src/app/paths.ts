/** The addresses of the app's pages. They live in the hash, so that any static host can serve them. */
const store = (storeId: string) => `/stores/${encodeURIComponent(storeId)}`;

export const paths = {
  orders: (storeId: string) => `${store(storeId)}/orders`,
  order: (storeId: string, orderId: string) => `${store(storeId)}/orders/${encodeURIComponent(orderId)}`,
  bulk: (storeId: string, id?: string) =>
    `${store(storeId)}/bulk${id === undefined ? "" : `/${encodeURIComponent(id)}`}`,
  sales: (storeId: string) => `${store(storeId)}/sales`,
  messaging: (storeId: string) => `${store(storeId)}/messaging`,
  contacts: (storeId: string) => `${store(storeId)}/contacts`,
  conversation: (storeId: string, id: string) => `${store(storeId)}/messaging/${encodeURIComponent(id)}`,
  customer: (storeId: string, id: string) => `${store(storeId)}/messaging/${encodeURIComponent(id)}/customer`,
  settings: (storeId: string, section?: string) =>
    `${store(storeId)}/settings${section === undefined ? "" : `/${encodeURIComponent(section)}`}`,
};
