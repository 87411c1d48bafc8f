import { useQuery, useQueryClient } from "@tanstack/react-query";

import { useAccount } from "./account";
import { keys } from "./keys";

/** Addresses work for fifteen minutes; after ten they are asked for anew when something shows them. */
const FRESH_MS = 600_000;
const AGAIN_MS = 20_000;

/** Where an attachment can be fetched. `renew`: an address did not work; asked again, but not over and over. */
export function useMediaLinks(conversationId: string, messageId: string, mediaId: string) {
  const { api } = useAccount();
  const client = useQueryClient();
  const queryKey = keys.media(conversationId, messageId, mediaId);
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.media(conversationId, messageId, mediaId, signal),
    staleTime: FRESH_MS,
    gcTime: FRESH_MS,
    refetchInterval: FRESH_MS,
  });
  const renew = () => {
    if (Date.now() - query.dataUpdatedAt > AGAIN_MS) void client.invalidateQueries({ queryKey });
  };
  return { data: query.data, renew };
}
