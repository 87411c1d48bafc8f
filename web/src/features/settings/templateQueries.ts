import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import type { SaveTemplate, StoreTemplate, StoreTemplateList } from "../../api/types";
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

/** The list with a template as it is by now; a new one comes last until the list is read again. */
export function withSaved(list: StoreTemplateList, saved: StoreTemplate): StoreTemplateList {
  const isThere = list.rows.some(({ id }) => id === saved.id);
  const rows = isThere ? list.rows.map((row) => (row.id === saved.id ? saved : row)) : [...list.rows, saved];
  return { ...list, rows };
}

/** Stores a template; `then` once it is. What is done next goes by its new revision, however late the list comes. */
export function useSaveTemplate(storeId: string, then: () => void = () => undefined) {
  const { api } = useAccount();
  const queries = useQueryClient();
  const key = keys.storeTemplates(storeId);
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: SaveTemplate }) => api.saveTemplate(storeId, id, body),
    onSuccess: (saved) => {
      queries.setQueryData<StoreTemplateList>(key, (list) => list && withSaved(list, saved));
      then();
    },
    onError: failed,
    onSettled: () => void queries.invalidateQueries({ queryKey: key }),
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
