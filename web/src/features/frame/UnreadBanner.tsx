import { X } from "lucide-react";
import { useState } from "react";
import { useLocation } from "wouter";

import type { Me, Unread } from "../../api/types";
import { paths } from "../../app/paths";
import { Button, IconButton } from "../../design/Button";
import { strings } from "../../strings";
import css from "./UnreadBanner.module.css";

/** After sign-in: how much is unread, and the way there (N30). `inbox`: the store whose inbox is on screen. */
export function UnreadBanner({ me, unread, inbox }: { me: Me; unread: Unread | undefined; inbox: string | null }) {
  const [dismissed, setDismissed] = useState(false);
  const [, go] = useLocation();
  if (dismissed || !unread || unread.total === 0) return null;
  const fullest = unread.stores.toSorted((one, other) => other.unread - one.unread)[0]?.store_id;
  const target = me.stores.find((store) => store.messaging && store.id === fullest);
  const show = () => {
    setDismissed(true);
    if (target) go(paths.messaging(target.id));
  };
  return (
    <section aria-label={strings.nav.bannerLabel} className={css.banner}>
      <p>{strings.nav.banner(strings.nav.unread(unread.total, unread.capped))}</p>
      {target && target.id !== inbox && (
        <Button size="small" onPress={show}>
          {strings.nav.bannerShow}
        </Button>
      )}
      <IconButton label={strings.common.dismiss} size="small" onPress={() => setDismissed(true)}>
        <X size={16} aria-hidden="true" />
      </IconButton>
    </section>
  );
}
