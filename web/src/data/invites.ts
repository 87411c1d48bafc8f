import { useMutation, useQuery } from "@tanstack/react-query";

import type { InviteList } from "../api/types";
import { showToast } from "../design/toasts";
import { strings } from "../strings";
import { useAccount } from "./account";
import { explain } from "./explain";
import { keys } from "./keys";

/** How often what has become of invitations is asked while they are looked at: no event tells of it. */
const LOOK_MS = 5_000;

/** My invitations of a store, while somebody looks at them. */
export function useInvites(storeId: string, enabled: boolean) {
  const { api } = useAccount();
  return useQuery({
    queryKey: keys.invites(storeId),
    queryFn: ({ signal }) => api.invites(storeId, signal),
    enabled,
    refetchInterval: LOOK_MS,
  });
}

interface Invite {
  conversationId: string | null;
  key: string;
}

/** Makes an invitation. The same key makes one. */
export function useInvite(storeId: string) {
  const { api, queries } = useAccount();
  return useMutation({
    mutationFn: ({ conversationId, key }: Invite) => api.invite(storeId, conversationId, key),
    onSuccess: (made) => {
      const known = (list?: InviteList) => (list?.rows ?? []).filter((one) => one.id !== made.id);
      queries.setQueryData<InviteList>(keys.invites(storeId), (list) => ({ rows: [made, ...known(list)] }));
      void queries.invalidateQueries({ queryKey: keys.invites(storeId) });
    },
  });
}

export function useRevokeInvite(storeId: string) {
  const { api, queries } = useAccount();
  return useMutation({
    mutationFn: (id: string) => api.revokeInvite(storeId, id),
    onSuccess: () => showToast(strings.invite.revoked),
    onError: (error) => showToast(explain(error), { tone: "danger" }),
    onSettled: () => void queries.invalidateQueries({ queryKey: keys.invites(storeId) }),
  });
}
