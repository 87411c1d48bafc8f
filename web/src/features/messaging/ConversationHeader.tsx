import { Archive, ArchiveRestore, ArrowLeft, MailOpen, Trash2, UserRound } from "lucide-react";
import { useState } from "react";
import { Link, useLocation } from "wouter";

import type { ConversationView, StoreView } from "../../api/types";
import { paths } from "../../app/paths";
import { Avatar } from "../../design/Avatar";
import { IconButton } from "../../design/Button";
import { ConfirmDialog } from "../../design/Dialog";
import { strings } from "../../strings";
import css from "./ConversationHeader.module.css";
import { nameOf } from "./names";

const words = strings.messaging;

interface ConversationHeaderProps {
  store: StoreView;
  conversation: ConversationView;
  isPending: boolean;
  isRemoving: boolean;
  onClose: () => void;
  onReopen: () => void;
  onMarkUnread: () => void;
  onRemove: () => void;
}

/** Who this is, and what can be done with the conversation. */
export function ConversationHeader(props: ConversationHeaderProps) {
  const { store, conversation } = props;
  const [, go] = useLocation();
  const name = nameOf(conversation);
  return (
    <header className={css.header}>
      <IconButton label={words.back} className={css.back ?? ""} onPress={() => go(paths.messaging(store.id))}>
        <ArrowLeft size={20} aria-hidden="true" />
      </IconButton>
      <Avatar name={conversation.customer_name} />
      <div className={css.who}>
        <h2 className={css.name}>{name}</h2>
        <p className={css.sub}>
          {conversation.customer_address}
          {conversation.order_number !== null && conversation.order_id !== null && (
            <>
              {" · "}
              <Link href={paths.order(store.id, conversation.order_id)} className={css.order}>
                {words.about(conversation.order_number)}
              </Link>
            </>
          )}
        </p>
      </div>
      <div className={css.actions}>
        <Actions {...props} name={name} />
        <IconButton
          label={words.details}
          className={css.details ?? ""}
          onPress={() => go(paths.customer(store.id, conversation.id))}
        >
          <UserRound size={18} aria-hidden="true" />
        </IconButton>
      </div>
    </header>
  );
}

function Actions(props: ConversationHeaderProps & { name: string }) {
  const { conversation, isPending, name } = props;
  const [asking, setAsking] = useState(false);
  const { state } = conversation;
  return (
    <>
      <IconButton label={words.markUnread} onPress={props.onMarkUnread}>
        <MailOpen size={18} aria-hidden="true" />
      </IconButton>
      {state === "open" && (
        <IconButton label={words.close} onPress={props.onClose} isPending={isPending}>
          {!isPending && <Archive size={18} aria-hidden="true" />}
        </IconButton>
      )}
      {state === "closed" && (
        <IconButton label={words.reopen} onPress={props.onReopen} isPending={isPending}>
          {!isPending && <ArchiveRestore size={18} aria-hidden="true" />}
        </IconButton>
      )}
      <IconButton label={words.remove} onPress={() => setAsking(true)}>
        <Trash2 size={18} aria-hidden="true" />
      </IconButton>
      <ConfirmDialog
        title={words.deleteTitle}
        isOpen={asking}
        onCancel={() => setAsking(false)}
        onConfirm={props.onRemove}
        isPending={props.isRemoving}
        confirmLabel={words.deleteConfirm}
        cancelLabel={strings.common.cancel}
      >
        <p>{words.deleteText(name)}</p>
        <p>{words.deleteAfter}</p>
      </ConfirmDialog>
    </>
  );
}
