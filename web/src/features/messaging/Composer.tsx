import { HeartCrack, Info } from "lucide-react";
import { lazy, Suspense, useEffect, useEffectEvent, useState } from "react";

import type { ConversationView, ProxyState } from "../../api/types";
import { useAccount } from "../../data/account";
import { Button } from "../../design/Button";
import { ConfirmDialog } from "../../design/Dialog";
import { Spinner } from "../../design/Spinner";
import { isJustNow, type Seen } from "../../domain/collision";
import { newKey } from "../../domain/keys";
import { whyNot } from "../../domain/writing";
import { useFreeWindow } from "../../hooks/useFreeWindow";
import { strings } from "../../strings";
import css from "./Composer.module.css";
import { conversationPlace, onEdit, useDraft } from "./drafting";
import { MessageBox } from "./MessageBox";
import { nameOf } from "./names";
import { WindowNote } from "./WindowNote";

const TemplatePicker = lazy(() => import("./TemplatePicker"));
const words = strings.composer;

interface ComposerProps {
  conversation: ConversationView;
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
  const { conversation, collision, proxyState, onReopen, onGoOn, isGoingOn } = props;
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
  if (refusal === "opted_out") return <Note text={(byMail ? words.optedOutOfMail : words.optedOut)(name)} optedOut />;
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
  return <Answering conversation={conversation} collision={collision} />;
}

interface WritingProps {
  conversation: ConversationView;
  collision: Seen | null;
}

/** Freely, or by a template once the channel takes nothing else (X9). */
function Answering({ conversation, collision }: WritingProps) {
  const window = useFreeWindow(conversation.free_until);
  if (window?.isOpen === false) {
    return (
      <Suspense fallback={<Spinner label={strings.templates.loading} />}>
        <TemplatePicker conversation={conversation} />
      </Suspense>
    );
  }
  return <Writing conversation={conversation} collision={collision} />;
}

function Note({ text, optedOut = false, children }: { text: string; optedOut?: boolean; children?: React.ReactNode }) {
  const Icon = optedOut ? HeartCrack : Info;
  return (
    <div className={css.note} data-testid="composer-note">
      <Icon size={18} aria-hidden="true" className={optedOut ? css.heart : undefined} />
      <p>{text}</p>
      {children}
    </div>
  );
}

function Writing({ conversation, collision }: WritingProps) {
  const { id, channel } = conversation;
  const byMail = channel === "email";
  const { outbox, drafts } = useAccount();
  const place = conversationPlace(id);
  const [text, setText] = useDraft(place);
  const putBack = useEffectEvent(() => setText(drafts.get(place)));
  useEffect(() => onEdit(place, () => putBack()), [place]);
  const [asking, setAsking] = useState(false);
  const [asked, setAsked] = useState<string | null>(null);
  const send = () => {
    outbox.add(id, text.trim(), newKey());
    setText("");
  };
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
      <MessageBox
        text={text}
        onChange={setText}
        onSend={sendOrAsk}
        placeholder={(byMail ? words.mailPlaceholder : words.placeholder)(nameOf(conversation))}
        hasSegments={channel === "sms"}
        rows={byMail ? 3 : 1}
      />
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
