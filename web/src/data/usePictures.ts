import { useSyncExternalStore } from "react";

import type { Picture } from "../outbox/pictures";
import { useAccount } from "./account";

/** The pictures that are attached to what is being written in a conversation. */
export function usePictures(conversationId: string): readonly Picture[] {
  const { pictures } = useAccount();
  return useSyncExternalStore(pictures.subscribe, () => pictures.of(conversationId));
}
