import { lazy, Suspense } from "react";
import { Link } from "wouter";

import type { Me, StoreView, Unread } from "../../api/types";
import { paths } from "../../app/paths";
import { creditWords } from "../../creditWords";
import { Avatar } from "../../design/Avatar";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { SkeletonRows } from "../../design/Skeleton";
import { ThemeSwitch } from "../../design/ThemeSwitch";
import { mayManage } from "../../domain/permissions";
import { strings } from "../../strings";
import css from "./AccountDialog.module.css";
import { StoreSwitch } from "./StoreSwitch";

const AwaySection = lazy(() => import("./AwaySection"));

interface AccountDialogProps {
  me: Me;
  store: StoreView | null;
  unread: Unread | undefined;
  isOpen: boolean;
  onClose: () => void;
  onSignOut: () => void;
}

/** Whether one is away; and on phones what the left navigation shows on wide screens. */
export function AccountDialog({ me, store, unread, isOpen, onClose, onSignOut }: AccountDialogProps) {
  return (
    <Dialog
      title={strings.nav.account}
      isOpen={isOpen}
      onClose={onClose}
      closeLabel={strings.common.close}
      size="small"
    >
      <div className={css.body}>
        <div className={css.me}>
          <Avatar name={me.name} />
          <p>
            <strong>{me.name}</strong>
            <br />
            <span className={css.email}>{me.email}</span>
          </p>
        </div>
        <StoreSwitch me={me} store={store} unread={unread} />
        <Suspense fallback={<SkeletonRows label={strings.common.loading} count={1} avatar={false} />}>
          <AwaySection />
        </Suspense>
        {store?.credits && mayManage(store) && (
          <Link href={paths.settings(store.id, "credits")} onClick={onClose}>
            {creditWords.buy}
          </Link>
        )}
        <ThemeSwitch label={strings.nav.theme} names={strings.nav.themes} />
        <Button wide onPress={onSignOut}>
          {strings.nav.signOut}
        </Button>
      </div>
    </Dialog>
  );
}
