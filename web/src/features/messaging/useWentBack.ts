import { useEffect, useRef } from "react";

import type { ConversationRow } from "../../api/types";
import { showToast } from "../../design/toasts";
import { wentBack } from "../../domain/wentBack";
import { strings } from "../../strings";
import { nameOf } from "./names";

/** Tells people when a conversation of theirs goes back to the store by itself, while they have the list open (X18). */
export function useWentBack(rows: ConversationRow[], meId: string | undefined): void {
  const before = useRef<ConversationRow[]>([]);
  useEffect(() => {
    for (const row of wentBack(before.current, rows, meId)) showToast(strings.wentBack.told(nameOf(row)));
    before.current = rows;
  }, [rows, meId]);
}
