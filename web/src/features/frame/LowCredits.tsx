import { X } from "lucide-react";
import { useState } from "react";
import { useLocation } from "wouter";

import type { StoreView } from "../../api/types";
import { paths } from "../../app/paths";
import { creditWords } from "../../creditWords";
import { useCredits } from "../../data/credits";
import { Button, IconButton } from "../../design/Button";
import { strings } from "../../strings";
import css from "./UnreadBanner.module.css";

const nameOf = (storeId: string) => `low-credits ${storeId}`;

/** To managers, once for each time that the credits fall below the number they chose (L24). */
export default function LowCredits({ store }: { store: StoreView }) {
  const credits = useCredits(store);
  const [, go] = useLocation();
  const [seen, setSeen] = useState(() => localStorage.getItem(nameOf(store.id)));
  if (!credits || credits.low_since === null || seen === String(credits.low_since)) return null;
  const dismiss = () => {
    localStorage.setItem(nameOf(store.id), String(credits.low_since));
    setSeen(String(credits.low_since));
  };
  return (
    <section aria-label={creditWords.lowLabel} className={css.banner}>
      <p>{creditWords.low(credits.balance)}</p>
      <Button size="small" onPress={() => go(paths.settings(store.id, "credits"))}>
        {creditWords.buy}
      </Button>
      <IconButton label={strings.common.dismiss} size="small" onPress={dismiss}>
        <X size={16} aria-hidden="true" />
      </IconButton>
    </section>
  );
}
