import { useSyncExternalStore } from "react";

import type { Picture } from "../outbox/pictures";
import { useAccount } from "./account";

/** The pictures that are attached to what is being written at a place. */
export function usePictures(place: string): readonly Picture[] {
  const { pictures } = useAccount();
  return useSyncExternalStore(pictures.subscribe, () => pictures.of(place));
}
