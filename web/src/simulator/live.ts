import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { showToast } from "../design/toasts";
import { simulator } from "./api";
import { strings } from "./strings";

const STATE = ["simulator"];
const GATHER_MS = 80;
const REOPEN_MS = 2_000;
const POLL_MS = 3_000;

/** The simulator's state, kept current by its event stream. `live` is false while the stream is down. */
export function useSimulator() {
  const client = useQueryClient();
  const [live, setLive] = useState(true);
  const query = useQuery({
    queryKey: STATE,
    queryFn: simulator.state,
    refetchInterval: ({ state }) => (live && state.status !== "error" ? false : POLL_MS),
  });
  useEffect(() => listen(setLive, () => void client.invalidateQueries({ queryKey: STATE })), [client]);
  return { ...query, live: live && !query.isError };
}

/** Follows the event stream until the returned function is called. */
function listen(onLive: (live: boolean) => void, onChange: () => void): () => void {
  let source: EventSource | undefined;
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source = simulator.events();
    source.addEventListener("open", () => onLive(true));
    source.addEventListener("error", () => {
      onLive(false);
      // The browser itself tries again after a lost connection, but not after an HTTP error.
      if (source?.readyState === EventSource.CLOSED) reopening = setTimeout(open, REOPEN_MS);
    });
    source.addEventListener("changed", () => {
      // A text causes several changes within moments: one fetch for all of them.
      gathering ??= setTimeout(() => {
        gathering = undefined;
        onChange();
      }, GATHER_MS);
    });
  };
  open();
  return () => {
    source?.close();
    clearTimeout(gathering);
    clearTimeout(reopening);
  };
}

/** Something the person does; the state is fetched again after it. `quiet`: the caller shows the error itself. */
export function useAct<Input, Output>(
  act: (input: Input) => Promise<Output>,
  onSuccess?: (output: Output, input: Input) => void,
  { quiet = false } = {},
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    ...(onSuccess ? { onSuccess } : {}),
    onError: (error: Error) => {
      if (!quiet) showToast(error.message || strings.failed, { tone: "danger" });
    },
    onSettled: () => client.invalidateQueries({ queryKey: STATE }),
  });
}

/** Sends a webhook again and says how it was answered. */
export function useRepeat(repeat: (id: string) => Promise<{ status: number }>) {
  return useAct(repeat, ({ status }) => showToast(strings.repeated(status)));
}
