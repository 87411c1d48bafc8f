import { Archive, ArchiveRestore, ArrowLeft, MailOpen, Trash2, UserRound, UserRoundCheck } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Link, useLocation } from "wouter";

import type { ConversationView, StoreView } from "../../api/types";
import { paths } from "../../app/paths";
import { useColleagues, useMe } from "../../data/queries";
import { Avatar } from "../../design/Avatar";
import { IconButton } from "../../design/Button";
import { ConfirmDialog } from "../../design/Dialog";
import { dayAndTime } from "../../domain/times";
import { lives } from "../../domain/writing";
import { useNow } from "../../hooks/useNow";
import { strings } from "../../strings";
import { ChannelBadge } from "./ChannelBadge";
import css from "./ConversationHeader.module.css";
import { InviteAction } from "./InviteAction";
import { assigneeOf, nameOf } from "./names";

const words = strings.messaging;
const AssignDialog = lazy(() => import("./AssignDialog"));

interface ConversationHeaderProps {
  store: StoreView;
  conversation: ConversationView;
  isPending: boolean;
  isRemoving: boolean;
  onClose: () => void;
  onReopen: () => void;
  onAssign: (to: string | null) => void;
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
        <h2 className={css.name}>
          {name} <ChannelBadge channel={conversation.channel} />
        </h2>
        <p className={css.sub}>
          <Waiting store={store} conversation={conversation} />
          {conversation.channel === "chat" ? words.onChatPage : conversation.customer_address}
          {conversation.order_number !== null && conversation.order_id !== null && (
            <>
              {" · "}
              <Link href={paths.order(store.id, conversation.order_id)} className={css.order}>
                {words.about(conversation.order_number)}
              </Link>
            </>
          )}
          {lives(conversation) && <Assignee store={store} conversation={conversation} />}
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

/** That it went back to the store, and its customer still waits (X18). First, as what is behind may be cut off. */
function Waiting({ store, conversation }: { store: StoreView; conversation: ConversationView }) {
  const now = useNow();
  const { waiting_since: since, assignee_id: assignee, state } = conversation;
  if (since === null || assignee !== null || state !== "open") return null;
  const when = dayAndTime(since, now, { timeZone: store.timezone }, strings.time);
  return (
    <>
      <strong className={css.waiting} data-testid="waiting-since">
        {strings.wentBack.since(when)}
      </strong>
      {" · "}
    </>
  );
}

/** Whose it is. */
function Assignee({ store, conversation }: { store: StoreView; conversation: ConversationView }) {
  const name = assigneeOf(conversation.assignee_id, useMe().data?.id, useColleagues(store.id).data?.rows ?? []);
  const mine = name === words.assignee.you;
  return (
    <span data-testid="assignee">
      {" · "}
      {name !== null && (mine ? words.assignee.withYou : words.assignee.with(name))}
      {name === null && words.assignee.nobody}
    </span>
  );
}

/** Opens the dialog, which is loaded when it is first asked for. */
function AssignAction({ store, conversation, onAssign }: ConversationHeaderProps) {
  const [isOpen, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  const open = () => {
    setWasOpen(true);
    setOpen(true);
  };
  return (
    <>
      <IconButton label={words.assignee.open} onPress={open}>
        <UserRoundCheck size={18} aria-hidden="true" />
      </IconButton>
      {wasOpen && (
        <Suspense fallback={null}>
          <AssignDialog
            store={store}
            conversation={conversation}
            isOpen={isOpen}
            onClose={() => setOpen(false)}
            onAssign={onAssign}
          />
        </Suspense>
      )}
    </>
  );
}

function Actions(props: ConversationHeaderProps & { name: string }) {
  const { conversation, isPending, name } = props;
  const [asking, setAsking] = useState(false);
  const { state } = conversation;
  return (
    <>
      {lives(conversation) && <AssignAction {...props} />}
      {lives(conversation) && !conversation.opted_out && (
        <InviteAction store={props.store} conversation={conversation} />
      )}
      <IconButton label={words.markUnread} onPress={props.onMarkUnread}>
        <MailOpen size={18} aria-hidden="true" />
      </IconButton>
      {lives(conversation) && (
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
