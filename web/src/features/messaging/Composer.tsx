import { HeartCrack, Hourglass, ShoppingBag, ShoppingCart } from "lucide-react";
import { lazy, Suspense, useEffect, useEffectEvent, useState, useSyncExternalStore } from "react";

import type { ConversationView, OptOutView, ProxyState, StoreView } from "../../api/types";
import { useAccount } from "../../data/account";
import { newestOf } from "../../data/cache";
import { useFreshCredits } from "../../data/credits";
import { usePictures } from "../../data/usePictures";
import { Button, IconButton } from "../../design/Button";
import { ConfirmDialog } from "../../design/Dialog";
import { Spinner } from "../../design/Spinner";
import { allReady, mostPictures } from "../../outbox/pictures";
import { isJustNow, type Seen } from "../../domain/collision";
import { BODY_LIMIT } from "../../domain/segments";
import { newKey } from "../../domain/keys";
import { dateAndTime } from "../../domain/times";
import { whyNot } from "../../domain/writing";
import { useFreeWindow } from "../../hooks/useFreeWindow";
import { useLazyDialog } from "../../hooks/useLazyDialog";
import { strings } from "../../strings";
import { AttachButton } from "./AttachButton";
import css from "./Composer.module.css";
import type { Clocks } from "./clocks";
import { conversationPlace, onEdit, useDraft } from "./drafting";
import { MessageBox } from "./MessageBox";
import { nameOf } from "./names";
import { NightNote } from "./NightNote";
import { Note } from "./Note";
import { PictureTray } from "./PictureTray";
import { Understood } from "./Understood";
import { WindowNote } from "./WindowNote";

const TemplatePicker = lazy(() => import("./TemplatePicker"));
const ProductPicker = lazy(() => import("../products/ProductPicker"));
const ChosenCard = lazy(() => import("../products/ChosenCard"));
const CartDialog = lazy(() => import("../carts/CartDialog"));
const TextPicker = lazy(() => import("./TextPicker"));
const SendLaterDialog = lazy(() => import("./SendLaterDialog"));
const words = strings.composer;

interface ComposerProps {
  store: StoreView;
  conversation: ConversationView;
  clocks: Clocks;
  /** Why nothing may be sent. */
  optOut: OptOutView | null;
  /** The sentence that was taken for an opt-out, where it is in view. */
  said: string | null;
  onSetRight: () => void;
  isSettingRight: boolean;
  /** A colleague wrote last. */
  collision: Seen | null;
  /** Of our own number that it is over. */
  proxyState: ProxyState;
  onReopen: () => void;
  onGoOn: () => void;
  isGoingOn: boolean;
}

/** The box at the bottom, or why nothing can be written. */
export function Composer(props: ComposerProps) {
  const { store, conversation, clocks, collision, proxyState, onReopen, onGoOn, isGoingOn } = props;
  const name = nameOf(conversation);
  const refusal = whyNot(conversation);
  if (refusal === "closed") {
    return (
      <Note text={words.closed}>
        <Button size="small" onPress={onReopen}>
          {words.reopen}
        </Button>
      </Note>
    );
  }
  const byMail = conversation.channel === "email";
  if (refusal === "opted_out" && props.optOut?.source === "intent") {
    return <Understood {...props} name={name} optOut={props.optOut} />;
  }
  if (refusal === "opted_out")
    return <Note text={(byMail ? words.optedOutOfMail : words.optedOut)(name)} Icon={HeartCrack} />;
  if (refusal === "requested") {
    const asked = dateAndTime(conversation.requested_at ?? conversation.last_activity_at, { timeZone: store.timezone });
    return <Note text={words.requested(name, asked)} Icon={Hourglass} />;
  }
  if (refusal !== null) return <Note text={words[refusal]} />;
  if (proxyState !== "works") {
    return (
      <Note text={words.unusable[proxyState]}>
        <Button size="small" onPress={onGoOn} isPending={isGoingOn}>
          {words.goOn}
        </Button>
      </Note>
    );
  }
  return <Answering store={store} conversation={conversation} clocks={clocks} collision={collision} />;
}

interface WritingProps {
  store: StoreView;
  conversation: ConversationView;
  clocks: Clocks;
  collision: Seen | null;
}

/** Freely, or by a template once the channel takes nothing else (X9). */
function Answering(props: WritingProps) {
  const { conversation, clocks } = props;
  const window = useFreeWindow(conversation.free_until);
  if (window?.isOpen === false) {
    return (
      <Suspense fallback={<Spinner label={strings.templates.loading} />}>
        <TemplatePicker conversation={conversation} clocks={clocks} />
      </Suspense>
    );
  }
  return <Writing {...props} />;
}

function Writing({ store, conversation, clocks, collision }: WritingProps) {
  const { id, channel } = conversation;
  const byMail = channel === "email";
  const credits = useFreshCredits(store, conversation.last_activity_at);
  const { outbox, drafts, pictures, chosen, sync, queries } = useAccount();
  const place = conversationPlace(id);
  const [text, setText] = useDraft(place);
  const putBack = useEffectEvent(() => setText(drafts.get(place)));
  useEffect(() => onEdit(place, () => putBack()), [place]);
  const later = useLazyDialog();
  const texts = useLazyDialog();
  const [asking, setAsking] = useState(false);
  const [asked, setAsked] = useState<string | null>(null);
  const attached = usePictures(id);
  const product = useSyncExternalStore(chosen.subscribe, () => chosen.of(id));
  const picker = useLazyDialog();
  const cart = useLazyDialog();
  const limit = mostPictures(channel) - (product?.pictureId ? 1 : 0);
  const type = (next: string) => {
    setText(next);
    sync.presence.write(next.trim() !== "");
  };
  const send = (at?: number) => {
    const own = product?.pictureId ? [product.pictureId] : [];
    outbox.add(id, text.trim(), newKey(), {
      after: newestOf(queries, id),
      ...(at === undefined ? {} : { sendAt: at }),
      pictures: [...own, ...pictures.take(id)],
      ...(product ? { product: { id: product.id, title: product.title } } : {}),
    });
    chosen.set(id, null);
    type("");
  };
  const attach = (files: File[]) => pictures.add(id, files);
  // A colleague was faster: asked about once, as both may have said the same.
  const sendOrAsk = () => {
    if (collision?.id !== asked && isJustNow(collision, Date.now())) setAsking(true);
    else send();
  };
  const sendAnyway = () => {
    setAsking(false);
    setAsked(collision?.id ?? null);
    send();
  };
  return (
    <div className={css.composer}>
      <WindowNote conversation={conversation} />
      <NightNote conversationId={id} name={nameOf(conversation)} clocks={clocks} />
      <MessageBox
        text={text}
        onChange={type}
        onSend={sendOrAsk}
        onLater={later.open}
        onTexts={texts.open}
        placeholder={(byMail ? words.mailPlaceholder : words.placeholder)(nameOf(conversation))}
        hasSegments={channel === "sms"}
        credits={credits}
        sentAs={(typed) => [typed, product?.text].filter(Boolean).join("\n")}
        limit={BODY_LIMIT - (product ? product.text.length + 1 : 0)}
        rows={byMail ? 3 : 1}
        attaching={{
          tray: (
            <>
              <PictureTray pictures={attached} limit={limit} note={channel === "sms" ? strings.pictures.mms : null} />
              {product && (
                <Suspense fallback={null}>
                  <ChosenCard conversationId={id} product={product} />
                </Suspense>
              )}
            </>
          ),
          button: (
            <>
              <IconButton size="small" label={strings.products.open} aria-haspopup="dialog" onPress={picker.open}>
                <ShoppingBag size={18} aria-hidden="true" />
              </IconButton>
              <IconButton size="small" label={strings.products.cart} aria-haspopup="dialog" onPress={cart.open}>
                <ShoppingCart size={18} aria-hidden="true" />
              </IconButton>
              <AttachButton onFiles={attach} several={limit > 1} />
            </>
          ),
          count: attached.length + (product ? 1 : 0),
          isReady: allReady(attached, limit) && product?.picture !== "loading",
          onFiles: attach,
        }}
      />
      {picker.wasOpen && (
        <Suspense fallback={null}>
          <ProductPicker storeId={store.id} conversationId={id} isOpen={picker.isOpen} onClose={picker.close} />
        </Suspense>
      )}
      {cart.isOpen && (
        <Suspense fallback={null}>
          <CartDialog storeId={store.id} conversationId={id} cart={null} isOpen onClose={cart.close} />
        </Suspense>
      )}
      {texts.wasOpen && (
        <Suspense fallback={null}>
          <TextPicker
            about={{ conversation: id }}
            isOpen={texts.isOpen}
            onClose={texts.close}
            onPick={(picked) => type([text.trim(), picked].filter(Boolean).join("\n"))}
          />
        </Suspense>
      )}
      {later.wasOpen && (
        <Suspense fallback={null}>
          <SendLaterDialog
            conversation={conversation}
            clocks={clocks}
            isOpen={later.isOpen}
            onClose={later.close}
            onChoose={(at) => {
              later.close();
              send(at);
            }}
          />
        </Suspense>
      )}
      <ConfirmDialog
        title={words.collisionTitle(collision?.by ?? "")}
        isOpen={asking}
        onCancel={() => setAsking(false)}
        onConfirm={sendAnyway}
        confirmLabel={words.sendAnyway}
        cancelLabel={words.lookFirst}
      >
        <p>{words.collisionText}</p>
      </ConfirmDialog>
    </div>
  );
}
