import { useState } from "react";

import type { MessageView } from "../../api/types";
import { Button } from "../../design/Button";
import { ConfirmDialog } from "../../design/Dialog";
import { strings } from "../../strings";

const words = strings.outbox;

interface RetryProps {
  message: MessageView;
  isPending: boolean;
  onRetry: (messageId: string) => void;
}

/** Sends a message again. Only where it certainly was not sent, one press is enough. */
export function Retry({ message, isPending, onRetry }: RetryProps) {
  const again = () => onRetry(message.id);
  if (message.status === "unknown") return <SendAgain message={message} isPending={isPending} onAgain={again} />;
  return (
    <Button size="small" isPending={isPending} onPress={again}>
      {words.retry}
    </Button>
  );
}

/** The customer may have it already: asks before they get it twice. */
function SendAgain({ message, isPending, onAgain }: { message: MessageView; isPending: boolean; onAgain: () => void }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="small" isPending={isPending} onPress={() => setAsking(true)}>
        {words.again}
      </Button>
      <ConfirmDialog
        title={words.againTitle}
        isOpen={asking}
        onCancel={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          onAgain();
        }}
        confirmLabel={words.again}
        cancelLabel={words.notNow}
      >
        <p>{words.againText}</p>
        {message.checking && <p>{words.againChecking}</p>}
      </ConfirmDialog>
    </>
  );
}
