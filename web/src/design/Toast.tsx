import { X } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";

import { Button, IconButton } from "./Button";
import { classes } from "./classes";
import css from "./Toast.module.css";
import { dismissToast, toastStore, type Toast } from "./toasts";

/** Where toasts appear. Mount it once. */
export function ToastRegion({ label, dismissLabel }: { label: string; dismissLabel: string }) {
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.get);
  return (
    <section aria-label={label} aria-live="polite" className={css.region}>
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} dismissLabel={dismissLabel} />
      ))}
    </section>
  );
}

function ToastCard({ toast, dismissLabel }: { toast: Toast; dismissLabel: string }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismissToast(toast.id), toastStore.life);
    return () => clearTimeout(timer);
  }, [held, toast.id]);
  const { action } = toast;
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- only holds the toast while it is looked at
    <div
      className={classes(css.toast, toast.tone === "danger" && css.danger)}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={css.text}>{toast.text}</span>
      {action && (
        <Button
          size="small"
          variant="quiet"
          className={css.action ?? ""}
          onPress={() => {
            dismissToast(toast.id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label={dismissLabel} size="small" className={css.cross ?? ""} onPress={() => dismissToast(toast.id)}>
        <X size={16} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
