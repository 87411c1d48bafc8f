import { HeartCrack, Info } from "lucide-react";
import { lazy, Suspense, useEffect, useEffectEvent } from "react";

import type { ConversationView } from "../../api/types";
import { useAccount } from "../../data/account";
import { Button } from "../../design/Button";
import { Spinner } from "../../design/Spinner";
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

/** The box at the bottom, or why nothing can be written. */
export function Composer({ conversation, onReopen }: { conversation: ConversationView; onReopen: () => void }) {
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
  if (refusal === "opted_out") return <Note text={words.optedOut(name)} optedOut />;
  if (refusal !== null) return <Note text={words[refusal]} />;
  return <Answering conversation={conversation} />;
}

/** Freely, or by a template once the channel takes nothing else (X9). */
function Answering({ conversation }: { conversation: ConversationView }) {
  const window = useFreeWindow(conversation.free_until);
  if (window?.isOpen === false) {
    return (
      <Suspense fallback={<Spinner label={strings.templates.loading} />}>
        <TemplatePicker conversation={conversation} />
      </Suspense>
    );
  }
  return <Writing conversation={conversation} />;
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

function Writing({ conversation }: { conversation: ConversationView }) {
  const { id } = conversation;
  const { outbox, drafts } = useAccount();
  const place = conversationPlace(id);
  const [text, setText] = useDraft(place);
  const putBack = useEffectEvent(() => setText(drafts.get(place)));
  useEffect(() => onEdit(place, () => putBack()), [place]);
  const send = () => {
    outbox.add(id, text.trim(), newKey());
    setText("");
  };
  return (
    <div className={css.composer}>
      <WindowNote conversation={conversation} />
      <MessageBox
        text={text}
        onChange={setText}
        onSend={send}
        placeholder={words.placeholder(nameOf(conversation))}
        hasSegments={conversation.channel === "sms"}
      />
    </div>
  );
}
