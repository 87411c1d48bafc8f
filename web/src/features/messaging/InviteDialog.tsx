import { Package, QrCode } from "lucide-react";
import { lazy, Suspense, useEffect, useEffectEvent, useRef, useState } from "react";

import type { ConversationView, InviteView, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { explain } from "../../data/explain";
import { useInvite, useInvites, useRevokeInvite } from "../../data/invites";
import { Badge } from "../../design/Badge";
import { Button, IconButton } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { LinkCode } from "../../design/LinkCode";
import { SkeletonRows } from "../../design/Skeleton";
import { newKey } from "../../domain/keys";
import { dateAndTime } from "../../domain/times";
import { strings } from "../../strings";
import css from "./InviteDialog.module.css";
import { nameOf } from "./names";

const ProductPicker = lazy(() => import("../products/ProductPicker"));
const words = strings.invite;

interface InviteDialogProps {
  store: StoreView;
  /** Whose customer is invited; null: somebody in the shop. */
  conversation: ConversationView | null;
  isOpen: boolean;
  onClose: () => void;
}

/** An invitation as code and link, and those that are pending (H3, H4). One is made as it opens. */
export default function InviteDialog({ store, conversation, isOpen, onClose }: InviteDialogProps) {
  const invite = useInvite(store.id);
  const pending = useInvites(store.id, isOpen);
  const [chosen, setChosen] = useState<InviteView | null>(null);
  const key = useRef(newKey());
  const make = () =>
    invite.mutate({ conversationId: conversation?.id ?? null, key: key.current }, { onSuccess: setChosen });
  const rows = pending.data?.rows;
  const earlier = conversation && rows?.find((one) => one.from_conversation_id === conversation.id && isFresh(one));
  // In a conversation the link that was made for it goes on counting; in the shop each customer gets one of their own.
  const isKnown = conversation === null || rows !== undefined || pending.isError;
  const begin = useEffectEvent(() => {
    if (!earlier) make();
  });
  useEffect(() => {
    if (isKnown) begin();
  }, [isKnown]);
  const another = () => {
    key.current = newKey();
    setChosen(null);
    make();
  };
  // What has become of it meanwhile.
  const current = chosen ?? (earlier || null);
  const shown = rows?.find((one) => one.id === current?.id) ?? current;
  return (
    <Dialog
      title={conversation ? words.titleHere(nameOf(conversation)) : words.title}
      isOpen={isOpen}
      onClose={onClose}
      closeLabel={strings.common.close}
    >
      <div className={css.body}>
        <p className={css.intro}>{conversation ? words.introHere : words.intro}</p>
        {invite.isError && !shown && (
          <p role="alert" className={css.problem}>
            {explain(invite.error)}
          </p>
        )}
        {!shown && !invite.isError && <SkeletonRows label={words.making} count={3} avatar={false} />}
        {shown && <Code store={store} invite={shown} />}
        <div className={css.buttons}>
          <Button size="small" onPress={another} isPending={invite.isPending}>
            {words.another}
          </Button>
          {conversation === null && <ProductCode store={store} />}
        </div>
        <Pending store={store} list={pending} shownId={shown?.id ?? null} onShow={setChosen} />
      </div>
    </Dialog>
  );
}

/** Instead of an invitation: a product of the shop, for whoever stands there (H22). */
function ProductCode({ store }: { store: StoreView }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onPress={() => setOpen(true)}>
        <Package size={15} aria-hidden="true" />
        {words.product}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <ProductPicker storeId={store.id} conversationId={null} isOpen onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

const isFresh = ({ state }: InviteView) => state !== "done";

function Code({ store, invite }: { store: StoreView; invite: InviteView }) {
  return (
    <LinkCode url={invite.link} words={words} testId="invite-qr">
      <p aria-live="polite">
        <Badge tone={invite.state === "done" ? "success" : "neutral"}>{words.states[invite.state]}</Badge>
      </p>
      <p className={css.hint}>{words.once(dateAndTime(invite.expires_at, { timeZone: store.timezone }))}</p>
    </LinkCode>
  );
}

interface PendingProps {
  store: StoreView;
  list: ReturnType<typeof useInvites>;
  shownId: string | null;
  onShow: (invite: InviteView) => void;
}

function Pending({ store, list, shownId, onShow }: PendingProps) {
  const revoke = useRevokeInvite(store.id);
  const rows = (list.data?.rows ?? []).filter((one) => one.id !== shownId);
  return (
    <section className={css.pending} aria-labelledby="my-invitations">
      <h3 id="my-invitations" className={css.heading}>
        {words.pending}
      </h3>
      {list.isPending && <SkeletonRows label={words.loading} count={2} avatar={false} />}
      {list.isError && !list.data && <LoadFailure error={list.error} retry={() => void list.refetch()} />}
      {list.data && rows.length === 0 && <p className={css.hint}>{words.none}</p>}
      <ul>
        {rows.map((one) => {
          const made = dateAndTime(one.created_at, { timeZone: store.timezone });
          return (
            <li key={one.id} className={css.row} data-testid="invite-row">
              <span className={css.what}>
                <span className={css.name}>{one.customer_name || words.made(made)}</span>
                <span className={css.hint}>
                  {words.states[one.state]}
                  {one.with_name !== "" && ` – ${words.keptBy(one.with_name)}`}
                </span>
              </span>
              <IconButton label={words.showLabel(made)} size="small" onPress={() => onShow(one)}>
                <QrCode size={16} aria-hidden="true" />
              </IconButton>
              {one.state !== "done" && (
                <Button
                  size="small"
                  variant="quiet"
                  aria-label={words.revokeLabel(made)}
                  isPending={revoke.isPending && revoke.variables === one.id}
                  onPress={() => revoke.mutate(one.id)}
                >
                  {words.revoke}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
