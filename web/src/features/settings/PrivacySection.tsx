import { useMutation, useQuery } from "@tanstack/react-query";
import { FileDown, ShieldCheck } from "lucide-react";
import { lazy, Suspense, useState } from "react";

import type { PrivacyRequestView, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { useAccount } from "../../data/account";
import { explain } from "../../data/explain";
import { keys } from "../../data/keys";
import { Badge } from "../../design/Badge";
import { Button } from "../../design/Button";
import { EmptyState } from "../../design/EmptyState";
import { SkeletonRows } from "../../design/Skeleton";
import { showToast } from "../../design/toasts";
import { dateAndTime } from "../../domain/times";
import { useLazyDialog } from "../../hooks/useLazyDialog";
import css from "./PrivacySection.module.css";
import { privacyWords as words } from "./privacyWords";
import { SectionHeading } from "./SectionHeading";
import { words as all } from "./words";

const ExportDialog = lazy(() => import("../messaging/ExportDialog"));

/** What shops ask for that takes people, each with its date; done and not done after all (X13). */
export default function PrivacySection({ store }: { store: StoreView }) {
  const { api } = useAccount();
  const found = useQuery({
    queryKey: keys.privacyRequests(store.id),
    queryFn: ({ signal }) => api.privacyRequests(store.id, signal),
    staleTime: 0,
  });
  return (
    <>
      <SectionHeading title={all.privacy}>{words.lead}</SectionHeading>
      {found.isPending && <SkeletonRows count={3} label={words.loading} avatar={false} />}
      {found.isError && !found.data && <LoadFailure error={found.error} retry={() => void found.refetch()} />}
      {found.data?.rows.length === 0 && (
        <EmptyState icon={<ShieldCheck size={24} />} title={words.none}>
          {words.noneText}
        </EmptyState>
      )}
      {found.data && found.data.rows.length > 0 && (
        <ul className={css.list} aria-label={words.list}>
          {found.data.rows.map((one) => (
            <Request key={one.id} store={store} request={one} />
          ))}
        </ul>
      )}
    </>
  );
}

function Request({ store, request }: { store: StoreView; request: PrivacyRequestView }) {
  const { api, queries } = useAccount();
  const settle = useMutation({
    mutationFn: (done: boolean) => api.settlePrivacyRequest(store.id, request.id, { done }),
    onError: (error) => showToast(explain(error), { tone: "danger" }),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.privacyRequests(store.id) }),
  });
  const isDone = request.done_at !== null;
  return (
    <li className={css.row} data-testid="privacy-request">
      <strong>{titleOf(request)}</strong>
      {!isDone && <p className={css.todo}>{whatToDo(request)}</p>}
      <div className={css.foot}>
        <When store={store} request={request} />
        <span className={css.actions}>
          {request.whom === "known" && store.permissions.includes("unmask") && <File store={store} request={request} />}
          <Button size="small" isPending={settle.isPending} onPress={() => settle.mutate(!isDone)}>
            {isDone ? words.undo : words.done}
          </Button>
        </span>
      </div>
    </li>
  );
}

function When({ store, request }: { store: StoreView; request: PrivacyRequestView }) {
  const [now] = useState(() => Date.now());
  const day = (instant: number) => dateAndTime(instant, { timeZone: store.timezone });
  if (request.done_at !== null) return <span className={css.when}>{words.doneAt(day(request.done_at))}</span>;
  if (request.due_at <= now) return <Badge tone="danger">{words.late(day(request.due_at))}</Badge>;
  return <span className={css.when}>{words.by(day(request.due_at))}</span>;
}

function File({ store, request }: { store: StoreView; request: PrivacyRequestView }) {
  const { api } = useAccount();
  const dialog = useLazyDialog();
  return (
    <>
      <Button size="small" onPress={dialog.open}>
        <FileDown size={15} aria-hidden="true" />
        {words.file}
      </Button>
      {dialog.wasOpen && (
        <Suspense fallback={null}>
          <ExportDialog
            name={request.customer_name}
            fileName={`customer-request-${request.id}`}
            ask={(cursor, signal) => api.exportRequested(store.id, request.id, { cursor }, signal)}
            isOpen={dialog.isOpen}
            onClose={dialog.close}
          />
        </Suspense>
      )}
    </>
  );
}

function titleOf({ kind, shop: account, whom, customer_name, shop_customer }: PrivacyRequestView): string {
  const shop = account || words.shop;
  if (kind === "shop") return words.shopLeft(shop);
  if (whom === "known") return words.aboutCustomer(shop, customer_name || words.somebody);
  if (whom === "erased") return words.aboutErased(shop);
  return shop_customer ? words.aboutUnknown(shop, shop_customer) : words.aboutDone(shop);
}

function whatToDo({ whom }: PrivacyRequestView): string {
  return whom === null ? words.left : words[whom];
}
