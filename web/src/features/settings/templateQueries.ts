import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import type { SaveTemplate, StoreTemplate } from "../../api/types";
import { useAccount } from "../../data/account";
import { explain } from "../../data/explain";
import { keys } from "../../data/keys";
import { showToast } from "../../design/toasts";
import { strings } from "../../strings";
import { templateWords as words } from "./templateWords";

export function useTemplates(storeId: string) {
  const { api } = useAccount();
  return useQuery({
    queryKey: keys.storeTemplates(storeId),
    queryFn: ({ signal }) => api.storeTemplates(storeId, signal),
  });
}

/** What a text comes to; asked for once nobody types any more. */
export function usePreview(storeId: string, text: string, language: string) {
  const { api } = useAccount();
  return useQuery({
    queryKey: keys.templatePreview(storeId, language, text),
    queryFn: ({ signal }) => api.previewTemplate(storeId, { text, language }, signal),
    enabled: text.trim() !== "",
    placeholderData: (before) => before,
  });
}

export const asSaved = (template: StoreTemplate): SaveTemplate => ({
  kind: template.kind,
  name: template.kind === "standard" ? null : template.name,
  texts: template.texts,
  active: template.active,
  transactional: template.transactional,
  delay_days: template.delay_days,
  revision: template.revision,
});

const failed = (error: unknown) => showToast(explain(error), { tone: "danger" });

/** Stores a template; `then` once it is. */
export function useSaveTemplate(storeId: string, then: () => void = () => undefined) {
  const { api } = useAccount();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: SaveTemplate }) => api.saveTemplate(storeId, id, body),
    onSuccess: then,
    onError: failed,
    onSettled: () => queries.invalidateQueries({ queryKey: keys.storeTemplates(storeId) }),
  });
}

/** Deletes one, or gives it its original words back; undone by storing it again as it was. */
export function useDeleteTemplate(storeId: string) {
  const { api } = useAccount();
  const queries = useQueryClient();
  const refresh = () => queries.invalidateQueries({ queryKey: keys.storeTemplates(storeId) });
  const putBack = (was: StoreTemplate) =>
    api
      .saveTemplate(storeId, was.id, { ...asSaved(was), revision: was.revision + 1 })
      .catch(failed)
      .finally(() => void refresh());
  return useMutation({
    mutationFn: (was: StoreTemplate) => api.deleteTemplate(storeId, was.id),
    onSuccess: (_, was) =>
      showToast(was.kind === "standard" ? words.restored : words.removed, {
        action: { label: strings.common.undo, run: () => void putBack(was) },
      }),
    onError: failed,
    onSettled: refresh,
  });
}
