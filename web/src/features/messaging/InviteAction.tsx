import { QrCode } from "lucide-react";
import { lazy, Suspense, useState } from "react";

import type { ConversationView, StoreView } from "../../api/types";
import { IconButton } from "../../design/Button";
import { strings } from "../../strings";

const InviteDialog = lazy(() => import("./InviteDialog"));
const words = strings.invite;

interface InviteActionProps {
  store: StoreView;
  /** Invite its customer; without it, somebody in the shop. */
  conversation?: ConversationView;
}

/** Opens the dialog, which is loaded when it is first asked for, with what draws the code. */
export function InviteAction({ store, conversation }: InviteActionProps) {
  const [opened, setOpened] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const open = () => {
    setOpened(opened + 1);
    setOpen(true);
  };
  return (
    <>
      <IconButton label={conversation ? words.openHere : words.open} onPress={open}>
        <QrCode size={18} aria-hidden="true" />
      </IconButton>
      {opened > 0 && (
        <Suspense fallback={null}>
          <InviteDialog
            key={opened}
            store={store}
            conversation={conversation ?? null}
            isOpen={isOpen}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}
