import { useInfiniteQuery } from "@tanstack/react-query";

import type { Api } from "../../api/api";
import type { AuditAct, AuditEntryView } from "../../api/types";
import { useAccount } from "../../data/account";
import { keys } from "../../data/keys";

/** Empty: no matter who, no matter what. */
export interface AuditFilter {
  associate: string;
  act: AuditAct | "";
}

const FIRST_PAGE = null as string | null;
/** Pages that an export asks for at most: a hundred entries each. */
const MOST_PAGES = 100;

const asked = ({ associate, act }: AuditFilter) => ({ ...(associate && { associate }), ...(act && { act }) });

export function useAudit(storeId: string, filter: AuditFilter) {
  const { api } = useAccount();
  return useInfiniteQuery({
    queryKey: keys.audit(storeId, filter.associate, filter.act),
    queryFn: ({ pageParam, signal }) => api.audit(storeId, { ...asked(filter), cursor: pageParam }, signal),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page) => page.next,
    staleTime: 0, // it is looked at to see what just happened
  });
}

/** All that the filter lets through, newest first. */
export async function everyEntry(api: Api, storeId: string, filter: AuditFilter): Promise<AuditEntryView[]> {
  const found: AuditEntryView[] = [];
  let cursor = FIRST_PAGE;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const next = await api.audit(storeId, { ...asked(filter), cursor, limit: 100 });
    found.push(...next.rows);
    cursor = next.next;
    if (cursor === null) break;
  }
  return found;
}
