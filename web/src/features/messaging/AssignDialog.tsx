import { Check, Store as StoreIcon } from "lucide-react";

import type { ConversationView, StoreView } from "../../api/types";
import { LoadFailure } from "../../app/Failure";
import { useColleagues, useMe } from "../../data/queries";
import { Avatar } from "../../design/Avatar";
import { Badge } from "../../design/Badge";
import { Dialog } from "../../design/Dialog";
import { SkeletonRows } from "../../design/Skeleton";
import { strings } from "../../strings";
import css from "./AssignDialog.module.css";

const words = strings.messaging.assignee;

interface AssignDialogProps {
  store: StoreView;
  conversation: ConversationView;
  isOpen: boolean;
  onClose: () => void;
  /** `to`: whose it is from now on; null is the store. */
  onAssign: (to: string | null) => void;
}

/** Takes the conversation, hands it over, or gives it back to the store. */
export default function AssignDialog({ store, conversation, isOpen, onClose, onAssign }: AssignDialogProps) {
  const me = useMe().data;
  const colleagues = useColleagues(store.id);
  const now = conversation.assignee_id;
  const choose = (to: string | null) => {
    if (to !== now) onAssign(to);
    onClose();
  };
  const rows = [...(colleagues.data?.rows ?? [])].sort((one, other) => order(other.id) - order(one.id));
  function order(id: string) {
    return id === me?.id ? 1 : 0; // oneself first
  }
  return (
    <Dialog title={words.title} isOpen={isOpen} onClose={onClose} closeLabel={strings.common.close} size="small">
      {colleagues.isPending && <SkeletonRows label={words.loading} count={3} />}
      {colleagues.isError && !colleagues.data && (
        <LoadFailure error={colleagues.error} retry={() => void colleagues.refetch()} />
      )}
      {colleagues.data && (
        <ul className={css.list} aria-label={words.list}>
          {rows.map((one) => (
            <li key={one.id}>
              <button type="button" className={css.row} onClick={() => choose(one.id)} aria-pressed={one.id === now}>
                <Avatar name={one.name} />
                <span className={css.name}>{one.id === me?.id ? `${one.name} (${words.youObject})` : one.name}</span>
                {one.away && <Badge tone="warning">{words.away}</Badge>}
                {one.id === now && <Now />}
              </button>
            </li>
          ))}
          <li>
            <button type="button" className={css.row} onClick={() => choose(null)} aria-pressed={now === null}>
              <span className={css.store} aria-hidden="true">
                <StoreIcon size={18} />
              </span>
              <span className={css.name}>
                {words.store}
                <span className={css.hint}>{words.storeText}</span>
              </span>
              {now === null && <Now />}
            </button>
          </li>
        </ul>
      )}
    </Dialog>
  );
}

function Now() {
  return (
    <span className={css.now}>
      <Check size={16} aria-hidden="true" />
      {words.now}
    </span>
  );
}
