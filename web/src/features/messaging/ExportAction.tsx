import { FileDown } from "lucide-react";
import { lazy, Suspense } from "react";

import type { CustomerView } from "../../api/types";
import { useAccount } from "../../data/account";
import { Button } from "../../design/Button";
import { exportWords as words } from "../../exportWords";
import { useLazyDialog } from "../../hooks/useLazyDialog";
import css from "./MergeAction.module.css";

const ExportDialog = lazy(() => import("./ExportDialog"));

/** For those who may see real addresses: all that is kept of a customer, as a file (X13). `id`: of the conversation. */
export default function ExportAction({ id, customer }: { id: string; customer: CustomerView }) {
  const { api } = useAccount();
  const dialog = useLazyDialog();
  return (
    <div className={css.action}>
      <Button size="small" variant="quiet" onPress={dialog.open}>
        <FileDown size={15} aria-hidden="true" />
        {words.action}
      </Button>
      {dialog.wasOpen && (
        <Suspense fallback={null}>
          <ExportDialog
            name={customer.name}
            fileName={`customer-${customer.id}`}
            ask={(cursor, signal) => api.exportCustomer(id, { cursor }, signal)}
            isOpen={dialog.isOpen}
            onClose={dialog.close}
          />
        </Suspense>
      )}
    </div>
  );
}
