import { ArrowLeft, PackageSearch } from "lucide-react";
import { lazy, Suspense, useRef, useState } from "react";
import { useLocation } from "wouter";

import type { OrderView, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { paths } from "../../app/paths";
import { useAccount } from "../../data/account";
import { useStartConversation } from "../../data/actions";
import { explain } from "../../data/explain";
import { useOrders } from "../../data/queries";
import { useCredits } from "../../data/credits";
import { usePictures } from "../../data/usePictures";
import { Avatar } from "../../design/Avatar";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { EmptyState } from "../../design/EmptyState";
import { SearchField } from "../../design/Field";
import { LoadMore } from "../../design/LoadMore";
import { MoreMatches } from "../../design/MoreMatches";
import { SkeletonRows } from "../../design/Skeleton";
import { firstText, firstTextLimit, requestLimit, requestText } from "../../domain/firstText";
import { newKey } from "../../domain/keys";
import { money } from "../../domain/money";
import { dayAndTime } from "../../domain/times";
import { useLazyDialog } from "../../hooks/useLazyDialog";
import { useDebounced } from "../../hooks/useDebounced";
import { useNow } from "../../hooks/useNow";
import { allReady, mostPictures, startingWith } from "../../outbox/pictures";
import { strings } from "../../strings";
import { AttachButton } from "./AttachButton";
import { startPlace, useDraft } from "./drafting";
import { MessageBox } from "./MessageBox";
import { PictureTray } from "./PictureTray";
import css from "./StartDialog.module.css";
import { StartWay, wayToAskFor } from "./StartWay";

const TextPicker = lazy(() => import("./TextPicker"));
const words = strings.start;
const nameIn = (order: OrderView) => order.customer_name || strings.messaging.unnamed;

interface StartDialogProps {
  store: StoreView;
  /** Start about this order; without it one is chosen first. */
  order?: OrderView;
  isOpen: boolean;
  onClose: () => void;
}

/** Start a conversation: choose an order of the past 72 hours, then write the first text (D8-D11). */
export function StartDialog({ store, order, isOpen, onClose }: StartDialogProps) {
  const [picked, setPicked] = useState<OrderView | null>(null);
  const chosen = order ?? picked;
  const close = () => {
    setPicked(null);
    onClose();
  };
  return (
    <Dialog
      title={chosen ? words.composeTitle(nameIn(chosen)) : words.title}
      isOpen={isOpen}
      onClose={close}
      closeLabel={strings.common.close}
    >
      {chosen ? (
        <Compose store={store} order={chosen} onDone={close} {...(order ? {} : { onBack: () => setPicked(null) })} />
      ) : (
        <Pick store={store} onPick={setPicked} onDone={close} />
      )}
    </Dialog>
  );
}

interface PickProps {
  store: StoreView;
  onPick: (order: OrderView) => void;
  onDone: () => void;
}

function Pick({ store, onPick, onDone }: PickProps) {
  const [q, setQ] = useState("");
  const rested = useDebounced(q.trim());
  return (
    <div className={css.body}>
      <div className={css.search}>
        <SearchField label={words.search} clearLabel={strings.common.clearSearch} value={q} onChange={setQ} autoFocus />
      </div>
      <div className={css.scroll}>
        <Choices store={store} q={rested} onPick={onPick} onDone={onDone} />
      </div>
    </div>
  );
}

function Choices({ store, q, onPick, onDone }: PickProps & { q: string }) {
  const orders = useOrders(store.id, true, q);
  if (orders.isPending) return <SkeletonRows label={words.loading} count={4} />;
  if (!orders.data) return <LoadFailure error={orders.error} retry={() => void orders.refetch()} />;
  const rows = orders.data.pages.flatMap((page) => page.rows);
  const truncated = <MoreMatches pages={orders.data.pages}>{strings.common.moreMatches}</MoreMatches>;
  if (rows.length === 0) {
    return (
      <>
        <EmptyState icon={<PackageSearch size={24} />} title={q === "" ? words.none : words.noneFound(q)}>
          {words.noneText}
        </EmptyState>
        {truncated}
      </>
    );
  }
  return (
    <>
      <ul aria-label={words.list}>
        {rows.map((order) => (
          <Choice key={order.id} store={store} order={order} onPick={onPick} onDone={onDone} />
        ))}
      </ul>
      {truncated}
      <LoadMore
        label={strings.common.loadMore}
        hasMore={orders.hasNextPage}
        isLoading={orders.isFetchingNextPage}
        load={() => void orders.fetchNextPage()}
      />
    </>
  );
}

function Choice({ store, order, onPick, onDone }: PickProps & { order: OrderView }) {
  const [, go] = useLocation();
  const now = useNow();
  const name = nameIn(order);
  const { conversation_id: conversation } = order;
  const open = () => {
    onDone();
    if (conversation !== null) go(paths.conversation(store.id, conversation));
  };
  return (
    <li className={css.row} data-testid="start-row">
      <Avatar name={name} />
      <div className={css.who}>
        <p className={css.name}>{name}</p>
        <p className={css.sub}>
          {order.number} · {dayAndTime(order.placed_at, now, { timeZone: store.timezone }, strings.time)}
        </p>
      </div>
      <div className={css.buttons}>
        {conversation !== null && (
          <Button size="small" variant="quiet" aria-label={words.openAction(name)} onPress={open}>
            {words.again}
          </Button>
        )}
        <Button size="small" aria-label={words.rowAction(name, order.number)} onPress={() => onPick(order)}>
          {words.newMessage}
        </Button>
      </div>
    </li>
  );
}

interface ComposeProps {
  store: StoreView;
  order: OrderView;
  onDone: () => void;
  onBack?: () => void;
}

function Compose({ store, order, onDone, onBack }: ComposeProps) {
  const [, go] = useLocation();
  const [text, setText] = useDraft(startPlace(order.id));
  const { drafts, pictures } = useAccount();
  const place = startingWith(store.id, order.id);
  const attached = usePictures(place);
  const credits = useCredits(store);
  const start = useStartConversation(store.id);
  const [onPage, setOnPage] = useState(store.chat_link !== "off");
  const attempt = useRef({ content: "", key: "" });
  const texts = useLazyDialog();
  const isFirst = order.conversation_id === null;
  const mayAsk = store.opt_in === "required";
  const send = () => {
    const body = text.trim();
    // The same text again is the same attempt: if the first answer was lost, nothing is sent twice.
    const ids = attached.flatMap(({ id }) => (id === null ? [] : [id]));
    const content = JSON.stringify([body, onPage, ids]);
    if (attempt.current.content !== content) attempt.current = { content, key: newKey() };
    start.mutate(
      { orderId: order.id, body, key: attempt.current.key, pictures: ids, ...wayToAskFor(store, onPage) },
      {
        onSuccess: (thread) => {
          drafts.set(startPlace(order.id), "");
          pictures.take(place);
          onDone();
          go(paths.conversation(store.id, thread.conversation.id));
        },
      },
    );
  };
  const attach = (files: File[]) => pictures.add(place, files);
  const limit = mostPictures(onPage ? "chat" : "sms");
  return (
    <div className={css.compose}>
      <div className={css.order}>
        <Avatar name={nameIn(order)} />
        <div className={css.who}>
          <p className={css.name}>{nameIn(order)}</p>
          <p className={css.sub}>
            {strings.messaging.about(order.number)} · {money(order.total, order.currency)}
          </p>
        </div>
      </div>
      <StartWay onPage={onPage} onChange={setOnPage} />
      {start.isError && (
        <p role="alert" className={css.problem}>
          {explain(start.error)}
        </p>
      )}
      <MessageBox
        text={text}
        onChange={setText}
        onSend={send}
        onTexts={texts.open}
        isPending={start.isPending}
        credits={onPage ? undefined : credits}
        autoFocus
        rows={4}
        placeholder={strings.composer.placeholder(nameIn(order))}
        attaching={{
          tray: <PictureTray pictures={attached} limit={limit} note={onPage ? null : strings.pictures.mms} />,
          button: <AttachButton onFiles={attach} several />,
          count: attached.length,
          isReady: allReady(attached, limit),
          onFiles: attach,
        }}
        {...sentAs(store, isFirst && !onPage, mayAsk)}
      />
      {texts.wasOpen && (
        <Suspense fallback={null}>
          <TextPicker
            about={{ order: order.id }}
            isOpen={texts.isOpen}
            onClose={texts.close}
            onPick={(picked) => setText([text.trim(), picked].filter(Boolean).join("\n"))}
          />
        </Suspense>
      )}
      <div className={css.foot}>
        {onBack && (
          <Button size="small" variant="quiet" onPress={onBack}>
            <ArrowLeft size={15} aria-hidden="true" />
            {strings.common.back}
          </Button>
        )}
        <p className={css.hint}>
          {onPage ? words.pageHint : words.hint}
          {isFirst && !onPage && !mayAsk && ` ${words.firstHint}`}
          {mayAsk && ` ${words.askHint}`}
        </p>
      </div>
    </div>
  );
}

/** What the server adds to the words, so that they are counted with it; of two ways the longer one. */
function sentAs({ name }: StoreView, isFirst: boolean, mayAsk: boolean) {
  if (mayAsk) return { limit: requestLimit(name), sentAs: (typed: string) => requestText(name, typed) };
  return isFirst ? { limit: firstTextLimit(name), sentAs: (typed: string) => firstText(name, typed) } : {};
}
