import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components/Modal";

import { Button, IconButton } from "./Button";
import { classes } from "./classes";
import css from "./Dialog.module.css";

export interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  /** Accessible name of the closing cross. */
  closeLabel: string;
  size?: "small" | "large";
  children: ReactNode;
}

/** A modal dialog: traps focus, closes by Escape, the cross or a click beside it, gives focus back. */
export function Dialog({ title, isOpen, onClose, closeLabel, size = "large", children }: DialogProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className={css.overlay ?? ""}
    >
      <Modal className={classes(css.modal, css[size])}>
        <AriaDialog className={css.dialog ?? ""}>
          <header className={css.header}>
            <Heading slot="title" level={2} className={css.title ?? ""}>
              {title}
            </Heading>
            <IconButton label={closeLabel} onPress={onClose} size="small">
              <X size={18} aria-hidden="true" />
            </IconButton>
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export interface ConfirmProps {
  title: string;
  isOpen: boolean;
  onCancel: () => void;
  onConfirm: () => void;
  isPending?: boolean;
  confirmLabel: string;
  cancelLabel: string;
  /** What will happen, in full sentences. */
  children: ReactNode;
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog(props: ConfirmProps) {
  const { title, isOpen, onCancel, onConfirm, isPending = false, confirmLabel, cancelLabel, children } = props;
  return (
    <ModalOverlay isOpen={isOpen} onOpenChange={(open) => !open && onCancel()} className={css.overlay ?? ""}>
      <Modal className={classes(css.modal, css.small)}>
        <AriaDialog role="alertdialog" className={css.dialog ?? ""}>
          <Heading slot="title" level={2} className={classes(css.title, css.confirmTitle)}>
            {title}
          </Heading>
          <div className={css.confirmText}>{children}</div>
          <footer className={css.footer}>
            <Button onPress={onCancel} autoFocus>
              {cancelLabel}
            </Button>
            <Button variant="danger" onPress={onConfirm} isPending={isPending}>
              {confirmLabel}
            </Button>
          </footer>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
