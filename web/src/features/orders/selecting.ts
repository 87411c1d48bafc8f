/** Orders that are ticked, by id. */
export type Chosen = ReadonlySet<string>;

export function toggled(chosen: Chosen, id: string): Chosen {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
}

export const selectWords = {
  select: "Select",
  done: "Done",
  tick: (number: string, name: string) => `Select ${number} of ${name}`,
  bulks: "Bulk texts",
  sales: "Sales",
};
