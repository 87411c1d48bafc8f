import { Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";

import type { CustomerView, StoreView } from "../../api/types";
import { Button } from "../../design/Button";
import { strings } from "../../strings";
import css from "./MergeAction.module.css";

const EraseDialog = lazy(() => import("./EraseDialog"));

interface EraseActionProps {
  store: StoreView;
  /** Of the conversation. */
  id: string;
  customer: CustomerView;
}

/** For those with the permission: all that is kept of a customer goes for good (X13). */
export function EraseAction({ store, id, customer }: EraseActionProps) {
  const [opened, setOpened] = useState(0);
  const [isOpen, setOpen] = useState(false);
  if (!store.permissions.includes("erase")) return null;
  const open = () => {
    setOpened(opened + 1);
    setOpen(true);
  };
  return (
    <div className={css.action}>
      <Button size="small" variant="quiet" onPress={open}>
        <Trash2 size={15} aria-hidden="true" />
        {strings.customer.erase}
      </Button>
      {opened > 0 && (
        <Suspense fallback={null}>
          <EraseDialog
            key={opened}
            store={store}
            id={id}
            customer={customer}
            isOpen={isOpen}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
