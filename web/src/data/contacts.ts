import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { useAccount } from "./account";
import { keys } from "./keys";

/** The customers I look after in a store (H14). What was found before stands until the next words are looked for. */
export function useContacts(storeId: string, q: string) {
  const { api } = useAccount();
  return useQuery({
    queryKey: keys.contactList(storeId, q),
    queryFn: ({ signal }) => api.contacts(storeId, q, signal),
    placeholderData: keepPreviousData,
  });
}
