import { AlarmClockPlus } from "lucide-react";
import { lazy, Suspense } from "react";

import type { StoreView } from "../../api/types";
import { Button } from "../../design/Button";
import { useLazyDialog } from "../../hooks/useLazyDialog";
import { strings } from "../../strings";

const RemindDialog = lazy(() => import("./RemindDialog"));

/** Beside a customer: a reminder of them (H20). */
export function RemindAction({ store, id, name }: { store: StoreView; id: string; name: string }) {
  const dialog = useLazyDialog();
  return (
    <>
      <Button size="small" variant="quiet" onPress={dialog.open}>
        <AlarmClockPlus size={15} aria-hidden="true" />
        {strings.customer.remind}
      </Button>
      {dialog.wasOpen && (
        <Suspense fallback={null}>
          <RemindDialog
            store={store}
            conversationId={id}
            name={name || strings.messaging.unnamed}
            isOpen={dialog.isOpen}
            onClose={dialog.close}
          />
        </Suspense>
      )}
    </>
  );
}
